"""Official forms that nobody has touched yet, drawn from one description in many languages and layouts."""
