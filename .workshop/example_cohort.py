"""The example cohort, as data: what the workbook in `input/` holds, sheet by sheet and row by row.

Every person, school, company, address, e-mail address, telephone number, OID and project code below is
invented. Only the towns, the trades and the titles of the two Czech qualifications are real. E-mail addresses
and websites lie under example.org, example.com and example.net (RFC 2606). French numbers (+33 2 61 91,
+33 6 39 98) and German numbers (+49 40 66969, +49 176 04069) come from the ranges that Arcep and
Bundesnetzagentur keep for fiction. Czechia has no such range: +420 600 000 nnn is made up.

A Czech school of bakers and confectioners sends twelve learners to Nantes (through an intermediary) and to
Hamburg in spring 2027. What the example shows, and where:

* type once: what holds for all learners (home, validator, recogniser, methods, enclosures, progress) stands
  in Cohort, the mentor and the assessor of a host in its row of Partners
* nearer values win: L05, L06, L11 and L12 have their own progress, L11 her own validator, L12 a validation
  date of her own, and whoever works in a company has a mentor there
* L05 is under 18, with both guardians; her host has an accompanying person for the whole stay
* L06 goes twice, so she has two rows and gets two agreements
* L10 takes only a part of unit U2 and says so in Unit choices
* U1 and U5 belong to both qualifications, with points of their own in each
* the first two years of both programmes are units that are not for mobility, so that points held and points
  remaining add up

Twelve learners, thirteen rows, thirteen Learning Agreements, one Memorandum of Understanding.
Keys are the names of sheets and columns of the contract; a cell that is left out is blank.
"""

from datetime import date

Row = dict[str, object]

NANTES_FLOW: Row = {"Host": "NANTES", "Intermediary": "PASSERELLE", "Start date": date(2027, 4, 5)}
HAMBURG_FLOW: Row = {"Host": "HAMBURG", "Start date": date(2027, 3, 1)}

# The same four weeks in Nantes and the same three weeks in Hamburg; two learners stay longer.
NANTES = NANTES_FLOW | {"End date": date(2027, 4, 30), "Weeks": 4, "Assessment date": date(2027, 4, 29)}
HAMBURG = HAMBURG_FLOW | {"End date": date(2027, 3, 19), "Weeks": 3, "Assessment date": date(2027, 3, 18)}

MENTOR_QUEMENEUR: Row = {
    "Mentor": "Gwenaëlle Quéméneur",
    "Mentor telephone": "+33 6 39 98 10 42",
    "Mentor e-mail": "gwenaelle@quemeneur-et-fils.example.com",
}
MENTOR_LOEFFLER: Row = {
    "Mentor": "Rüdiger Löffler",
    "Mentor telephone": "+49 176 04069 042",
    "Mentor e-mail": "r.loeffler@loeffler-toechter.example.com",
}

COHORT: list[Row] = [
    {"Field": "Cohort ID", "Value": "CZ-2027-Spring"},
    {"Field": "Title", "Value": "Bakers and confectioners in Nantes and Hamburg, spring 2027"},
    {"Field": "Programme", "Value": "Erasmus+ 2021–2027, Key Action 1"},
    {"Field": "Project code", "Value": "2026-1-CZ01-KA121-VET-000123456"},
    {"Field": "Project start", "Value": date(2026, 6, 1)},
    {"Field": "Project end", "Value": date(2027, 8, 31)},
    {"Field": "Call year", "Value": 2026},
    {"Field": "Field", "Value": "Vocational education and training (VET)"},
    {"Field": "Mode", "Value": "physical"},
    {"Field": "Activity", "Value": "short"},
    {"Field": "Language", "Value": "English (en)"},
    {"Field": "Templates", "Value": "official"},
    {"Field": "Adult age", "Value": 18},
    {"Field": "Draft", "Value": "no"},
    {"Field": "Place of signature", "Value": "Olomouc"},
    {"Field": "Date of signature", "Value": date(2027, 1, 20)},
    {"Field": "Memorandum", "Value": "one for all"},
    {"Field": "File code", "Value": "SSPC/MoU/2026-03"},
    {
        "Field": "Other objectives",
        "Value": (
            "To build up a shared catalogue of units for the baking and confectionery trades.\n"
            "To let workshop teachers of the partner schools assess together, once a year."
        ),
    },
    {
        "Field": "Other organisations",
        "Value": (
            "Further bakeries and pastry shops in Nantes and Hamburg in which the host schools place "
            "learners. The host names them to the home school at least four weeks before a stay begins."
        ),
    },
    {"Field": "Valid until", "Value": date(2028, 12, 31)},
    {"Field": "Review date", "Value": date(2027, 6, 25)},
    {
        "Field": "Reviewed by",
        "Value": "The coordinators of the three schools and of the intermediary, in a joint online meeting",
    },
    {
        "Field": "Additional information",
        "Value": (
            "Stays last at least two and at most ten weeks. The working language of the partnership is "
            "English. Learners remain learners of the home school while abroad and are insured through it "
            "against illness, accident and liability."
        ),
    },
    {
        "Field": "Annexes",
        "Value": (
            "Annex 1: descriptions of the units of learning outcomes\n"
            "Annex 2: assessment grids\n"
            "Annex 3: template of the personal transcript"
        ),
    },
    # From here on: columns of Learners that hold for everyone, typed once.
    {"Field": "Home", "Value": "OLOMOUC"},
    {
        "Field": "Progress",
        "Value": (
            "Third year of three. The first two years are completed and passed, among them 1,050 hours of "
            "practical training in the school’s bakery and confectionery workshops."
        ),
    },
    {
        "Field": "Activities",
        "Value": (
            "Full-time training, 35 hours a week from Monday to Friday, in the workshops and the shop of the "
            "host, with the tasks described for each unit. Once a week two hours of trade language, and a "
            "talk with the mentor about the week’s work."
        ),
    },
    {
        "Field": "Assessment method",
        "Value": (
            "In the workshop, unit by unit, as described for each unit: a practical task or a day of observed "
            "work, followed by a talk. The mentor’s notes made during the stay are taken into account."
        ),
    },
    {
        "Field": "Assessment recording",
        "Value": (
            "In the assessment grid and the personal transcript, on the last day but one of the stay at the "
            "latest. The assessor signs both, the learner receives a copy, and the home school receives the "
            "originals within ten working days."
        ),
    },
    {"Field": "Validator", "Value": "Ing. Kateřina Doležalová"},
    {
        "Field": "Validator role",
        "Value": "Střední škola pekařská a cukrářská U Mlýna, deputy principal for practical training",
    },
    {
        "Field": "Validation method",
        "Value": (
            "The validator compares the assessment grids and the personal transcript with the learning "
            "outcomes of this agreement, unit by unit, and talks with the learner. Where evidence is missing, "
            "the host is asked before a decision is taken."
        ),
    },
    {"Field": "Validation date", "Value": date(2027, 5, 18)},
    {
        "Field": "Validation recording",
        "Value": "Minutes of the validation meeting, kept in the learner’s file",
    },
    {"Field": "Recogniser", "Value": "Mgr. Zbyněk Ševčík"},
    {"Field": "Recogniser role", "Value": "Střední škola pekařská a cukrářská U Mlýna, principal"},
    {
        "Field": "Recognition method",
        "Value": (
            "The principal recognises each validated unit as the part of the school curriculum named for it, "
            "without a further examination. Result and points are entered in the school register and in the "
            "report of the second term. The home school issues the Europass Mobility."
        ),
    },
    {
        "Field": "Enclosures progress",
        "Value": "Europass CV\n(Unit[s] of) learning outcomes already acquired by the learner",
    },
    {
        "Field": "Enclosures programme",
        "Value": (
            "Description of unit(s)/groups of learning outcomes which are the focus of the mobility\n"
            "Description of the learning activities"
        ),
    },
    {
        "Field": "Enclosures assessment",
        "Value": (
            "Detailed information about the assessment procedure (methods, criteria, assessment grid)\n"
            "Template for documenting the acquired learning outcomes (e.g. transcript of record or Europass "
            "Mobility)"
        ),
    },
]

PARTNERS: list[Row] = [
    {
        "Partner ID": "OLOMOUC",
        "Role": "home",
        "Name": "Střední škola pekařská a cukrářská U Mlýna",
        "Country": "Czechia",
        "Address": "U Starého mlýna 14\n779 00 Olomouc",
        "Telephone": "+420 600 000 001",
        "E-mail": "info@umlyna.example.org",
        "Website": "https://www.umlyna.example.org",
        "OID": "E10999901",
        "Language": "Czech (cs)",
        "Emergency telephone": "+420 600 000 009",
        "Contact person": "Mgr. Tereza Koudelková",
        "Contact position": "Mobility coordinator",
        "Contact telephone": "+420 600 000 002",
        "Contact e-mail": "tereza.koudelkova@umlyna.example.org",
        "Signatory": "Mgr. Zbyněk Ševčík",
        "Signatory role": "Principal",
        "Agreement signatory": "Ing. Kateřina Doležalová",
        "Agreement signatory role": "Deputy principal for practical training",
    },
    {
        "Partner ID": "NANTES",
        "Role": "host",
        "Name": "Lycée des métiers du goût de l'Île-aux-Blés",
        "Country": "France",
        "Address": "27 rue des Trois-Fournils\n44000 Nantes",
        "Telephone": "+33 2 61 91 20 10",
        "E-mail": "accueil@ile-aux-bles.example.org",
        "Website": "https://www.ile-aux-bles.example.org",
        "OID": "E10999902",
        "Language": "French (fr)",
        "Places": 8,
        "Emergency telephone": "+33 6 39 98 20 99",
        "Contact person": "Maïwenn Riou",
        "Contact position": "International officer",
        "Contact telephone": "+33 2 61 91 20 14",
        "Contact e-mail": "maiwenn.riou@ile-aux-bles.example.org",
        "Mentor": "Ewen Le Bihan",
        "Mentor telephone": "+33 6 39 98 20 31",
        "Mentor e-mail": "ewen.lebihan@ile-aux-bles.example.org",
        "Assessor": "Solène Guéguen",
        "Assessor role": "Lycée des métiers du goût de l'Île-aux-Blés, teacher of pastry-making",
        "Signatory": "Hervé Castaing",
        "Signatory role": "Head teacher (proviseur)",
        "Agreement signatory": "Clémence Aubertin",
        "Agreement signatory role": "Deputy head for vocational training",
    },
    {
        "Partner ID": "HAMBURG",
        "Role": "host",
        "Name": "Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet",
        "Country": "Germany",
        "Address": "Sauerteigtwiete 5\n20457 Hamburg",
        "Telephone": "+49 40 66969 200",
        "E-mail": "sekretariat@bs-speicherfleet.example.net",
        "Website": "https://www.bs-speicherfleet.example.net",
        "OID": "E10999903",
        "Language": "German (de)",
        "Places": 6,
        "Emergency telephone": "+49 176 04069 099",
        "Contact person": "Jörg Mährlein",
        "Contact position": "Coordinator for international projects",
        "Contact telephone": "+49 40 66969 214",
        "Contact e-mail": "joerg.maehrlein@bs-speicherfleet.example.net",
        "Mentor": "Silke Petersen-Groß",
        "Mentor telephone": "+49 176 04069 031",
        "Mentor e-mail": "silke.petersen-gross@bs-speicherfleet.example.net",
        "Assessor": "Tjark Ohlsen",
        "Assessor role": "Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet, master baker",
        "Signatory": "Dr. Wiebke Harmsen",
        "Signatory role": "Head of school",
    },
    {
        "Partner ID": "PASSERELLE",
        "Role": "intermediary",
        "Name": "Passerelle des Deux-Estuaires",
        "Country": "France",
        "Address": "9 quai de la Brioche\n44000 Nantes",
        "Telephone": "+33 2 61 91 30 00",
        "E-mail": "bonjour@deux-estuaires.example.org",
        "Website": "https://www.deux-estuaires.example.org",
        "OID": "E10999904",
        "Language": "French (fr)",
        "Emergency telephone": "+33 6 39 98 30 99",
        "Contact person": "Nolwenn Tanguy",
        "Contact position": "Project officer for placements and lodging",
        "Contact telephone": "+33 6 39 98 30 12",
        "Contact e-mail": "nolwenn.tanguy@deux-estuaires.example.org",
        "Signatory": "Baptiste Ferrand",
        "Signatory role": "President",
    },
    {
        "Partner ID": "QUEMENEUR",
        "Role": "company",
        "Name": "Boulangerie-Pâtisserie Quéméneur & Fils",
        "Country": "France",
        "Address": "3 place du Pain-Doré\n44100 Nantes",
        "Telephone": "+33 2 61 91 10 40",
        "E-mail": "boutique@quemeneur-et-fils.example.com",
        "Website": "https://www.quemeneur-et-fils.example.com",
        "Language": "French (fr)",
        "Places": 2,
        "Contact person": "Armelle Quéméneur",
        "Contact position": "Shop manager",
        "Contact telephone": "+33 6 39 98 10 41",
        "Contact e-mail": "armelle@quemeneur-et-fils.example.com",
        **MENTOR_QUEMENEUR,
        "Signatory": "Loïc Quéméneur",
        "Signatory role": "Owner",
    },
    {
        "Partner ID": "LOEFFLER",
        "Role": "company",
        "Name": "Bäckerei Löffler & Töchter GmbH",
        "Country": "Germany",
        "Address": "Mohnstraße 22\n22765 Hamburg",
        "Telephone": "+49 40 66969 400",
        "E-mail": "laden@loeffler-toechter.example.com",
        "Website": "https://www.loeffler-toechter.example.com",
        "Language": "German (de)",
        "Places": 2,
        "Contact person": "Nele Löffler-Brandt",
        "Contact position": "Head of training",
        "Contact telephone": "+49 40 66969 401",
        "Contact e-mail": "n.loeffler-brandt@loeffler-toechter.example.com",
        **MENTOR_LOEFFLER,
        "Signatory": "Annegret Löffler",
        "Signatory role": "Managing director",
    },
    {
        "Partner ID": "MAKOVEC",
        "Role": "employer",
        "Name": "Cukrářství Makovec a dcera, s.r.o.",
        "Country": "Czechia",
        "Address": "Medová 2\n779 00 Olomouc",
        "Telephone": "+420 600 000 020",
        "E-mail": "dilna@makovec.example.com",
        "Website": "https://www.makovec.example.com",
        "Language": "Czech (cs)",
        "Contact person": "Růžena Makovcová",
        "Contact position": "Head of the workshop",
        "Contact telephone": "+420 600 000 021",
        "Contact e-mail": "ruzena.makovcova@makovec.example.com",
        "Signatory": "Bořivoj Makovec",
        "Signatory role": "Managing director",
    },
]

QUALIFICATION_ENCLOSURES = (
    "Europass Certificate Supplement\n"
    "The learning outcomes associated with the qualification\n"
    "Description of the unit(s) of learning outcomes for the mobility"
)

QUALIFICATIONS: list[Row] = [
    {
        "Qualification ID": "CONF",
        "Title": "Confectioner",
        "Title cs": "Cukrář (29-54-H/01)",
        "Title fr": "Pâtissier-confiseur",
        "Title de": "Konditor/in",
        "Country": "Czechia",
        "EQF level": 3,
        "NQF level": "3",
        "Points": 180,
        "Awarding body": "Střední škola pekařská a cukrářská U Mlýna",
        "Enclosures": QUALIFICATION_ENCLOSURES,
    },
    {
        "Qualification ID": "BAKE",
        "Title": "Baker",
        "Title cs": "Pekař (29-53-H/01)",
        "Title fr": "Boulanger",
        "Title de": "Bäcker/in",
        "Country": "Czechia",
        "EQF level": 3,
        "NQF level": "3",
        "Points": 180,
        "Awarding body": "Střední škola pekařská a cukrářská U Mlýna",
        "Enclosures": QUALIFICATION_ENCLOSURES,
    },
]

IF_NOT_ACHIEVED = (
    "Outcomes that were shown abroad stay credited. The learner makes up the others in the school’s workshop "
    "and is assessed on them there before the end of the school year."
)

UNITS: list[Row] = [
    {
        "Unit ID": "U1",
        "Qualification": "CONF",
        "Title": "Laminated and enriched doughs",
        "Title cs": "Plundrová, listová a máslová kynutá těsta",
        "Title fr": "Pâtes feuilletées et viennoiseries",
        "Title de": "Plunder-, Blätter- und Hefefeinteige",
        "EQF level": 3,
        "Points": 3,
        "Knowledge": (
            "Explain how flour strength, butter and dough temperature act on the layers of a laminated "
            "dough\n"
            "Describe the stages from mixing to baking, with the time and temperature that each of them "
            "needs\n"
            "Name four common faults, such as broken layers or uneven proof, and state their causes"
        ),
        "Skills": (
            "Scale and mix a leavened laminated dough and a brioche dough from recipes for 5 kg of flour\n"
            "Laminate the dough with three single turns, by hand and on the dough sheeter, and keep the "
            "layers whole\n"
            "Shape croissants, pains au chocolat and plaited pieces to the agreed weight\n"
            "Judge the proof and bake to an even colour in a deck oven and in a convection oven"
        ),
        "Competence": (
            "Plan a morning’s production so that all pieces are ready when the shop opens\n"
            "Operate and clean the dough sheeter safely once instructed, without being reminded\n"
            "Check own pieces against the sample, report deviations and propose a correction"
        ),
        "Activities": (
            "Daily production of viennoiserie in the teaching workshop, from scaling to the counter. First "
            "week under instruction, from the second week on responsible for one product."
        ),
        "Assessment method": (
            "Practical task of four hours: sixty pieces in three shapes, from scaling to baking, and a talk "
            "of ten minutes about the result"
        ),
        "Assessment criteria": (
            "Layers are visible and regular in nine pieces of ten\n"
            "Weight of the pieces keeps within 5 per cent of the agreed weight\n"
            "All pieces are ready at the agreed time, the rules of hygiene and machine safety were kept\n"
            "Causes of two faults are explained correctly"
        ),
        "Hosts": "NANTES; HAMBURG",
        "Valid until": date(2029, 8, 31),
        "For mobility": "yes",
        "Counts at home as": "Module C 3.2 Puff pastry and fine leavened pastry, 96 lessons of practice",
        "If not achieved": IF_NOT_ACHIEVED,
    },
    {
        "Unit ID": "U1",
        "Qualification": "BAKE",
        "Title": "Laminated and enriched doughs",
        "Points": 2.5,
        "Counts at home as": "Module B 3.4 Fine bakery wares, 80 lessons of practice",
    },
    {
        "Unit ID": "U2",
        "Qualification": "CONF",
        "Title": "Entremets, tarts and plated desserts",
        "Title cs": "Dezerty, tarty a talířové moučníky",
        "Title fr": "Entremets, tartes et desserts à l'assiette",
        "Title de": "Entremets, Tartes und Tellerdesserts",
        "EQF level": 3,
        "Points": 3.5,
        "Knowledge": (
            "Describe how an entremets is built up and what each layer adds in taste, texture and stability\n"
            "Explain how gelatine, pectin and starch set, and choose the right one for a filling\n"
            "State the shelf life and the storage temperature of creams, mousses and glazed desserts"
        ),
        "Skills": (
            "Line and bake tart cases of even thickness without shrinkage\n"
            "Prepare crème pâtissière, mousseline, a fruit mousse and a mirror glaze from recipes\n"
            "Assemble, freeze and glaze an entremets with an insert and clean edges\n"
            "Plate a dessert of at least four elements, six plates alike"
        ),
        "Competence": (
            "Organise the work over two days so that freezing, baking and finishing times fit together\n"
            "Decide whether a component may be used, and discard it with a reason where it may not\n"
            "Discuss taste and appearance with the team and accept criticism in a second attempt"
        ),
        "Activities": (
            "Production for the training restaurant and the school’s shop: tarts of the season, one entremets "
            "a week, desserts for two evening services. Tasting with the teacher after every service."
        ),
        "Assessment method": (
            "Practical task over two half-days: one fruit tart, one glazed entremets and six plated desserts "
            "from a given basket, and a talk of fifteen minutes with tasting"
        ),
        "Assessment criteria": (
            "Tart case is baked through, straight and not thicker than 3 mm\n"
            "Cut through the entremets shows even layers, the glaze covers without bubbles\n"
            "Six plates are alike and served within ten minutes\n"
            "Choice of setting agent and storage is explained correctly"
        ),
        "Hosts": "NANTES",
        "Valid until": date(2029, 8, 31),
        "For mobility": "yes",
        "Counts at home as": "Module C 3.3 Restaurant desserts and modern cakes, 112 lessons of practice",
        "If not achieved": IF_NOT_ACHIEVED,
    },
    {
        "Unit ID": "U3",
        "Qualification": "CONF",
        "Title": "Chocolate work and pralines",
        "Title cs": "Práce s čokoládou a výroba pralinek",
        "Title fr": "Travail du chocolat et bonbons de chocolat",
        "Title de": "Schokoladenarbeiten und Pralinen",
        "EQF level": 3,
        "Points": 2.5,
        "Knowledge": (
            "Explain the crystal forms of cocoa butter and why chocolate has to be tempered\n"
            "Tell couverture, coating and compound chocolate apart by composition and use\n"
            "Describe how water, sugar and fat act on the keeping of a ganache"
        ),
        "Skills": (
            "Temper dark, milk and white couverture by tabling and by seeding, and test the result\n"
            "Produce moulded pralines with a thin, glossy shell without air bubbles\n"
            "Prepare two ganaches and one nut filling, cut and dip them evenly\n"
            "Make simple decorations: curls, fans and piped writing"
        ),
        "Competence": (
            "Keep room, tools and couverture at the right temperature without supervision\n"
            "Use up couverture with little waste and account for the quantity taken\n"
            "Label finished pralines correctly with ingredients, allergens and date"
        ),
        "Activities": (
            "Praline production for the school’s shop: tempering every day, two new kinds of praline a week, "
            "decoration of cakes to order."
        ),
        "Assessment method": (
            "Practical task of three hours: forty moulded and twenty dipped pralines and one piped "
            "inscription, and a talk of ten minutes"
        ),
        "Assessment criteria": (
            "Chocolate sets within five minutes, with gloss and snap, without streaks\n"
            "Shells are closed and not thicker than 2 mm, the weight is even\n"
            "Workplace is clean, waste of couverture stays below 5 per cent\n"
            "Tempering curve is drawn and explained correctly"
        ),
        "Hosts": "NANTES; HAMBURG",
        "Valid until": date(2029, 8, 31),
        "For mobility": "yes",
        "Counts at home as": "Module C 3.5 Chocolate and sugar confectionery, 80 lessons of practice",
        "If not achieved": IF_NOT_ACHIEVED,
    },
    {
        "Unit ID": "U4",
        "Qualification": "BAKE",
        "Title": "Sourdough and artisan bread",
        "Title cs": "Kvas a řemeslný chléb",
        "Title fr": "Levain et pains artisanaux",
        "Title de": "Sauerteig und handwerkliche Brote",
        "EQF level": 3,
        "Points": 3.5,
        "Knowledge": (
            "Describe what yeasts and lactic acid bacteria do in a sourdough, and how temperature, time and "
            "dough yield steer them\n"
            "Compare wheat, rye and spelt flours by their baking properties and by type number\n"
            "Explain why long proving improves taste, crust and keeping of bread"
        ),
        "Skills": (
            "Feed a rye sourdough in one and in three stages and judge its ripeness by smell, look and pH\n"
            "Calculate a recipe for a given number of loaves, with dough yield and baking loss\n"
            "Mould round and long loaves by hand, twenty of each, with a tight surface\n"
            "Load, steam and bake on the stone in a deck oven and test whether the loaf is baked through"
        ),
        "Competence": (
            "Take full responsibility for a sourdough for a week and keep a record of it\n"
            "Adapt water, time or temperature when flour or room differ from the day before, and give the "
            "reason\n"
            "Coordinate with the oven station and hand over the shift in good order"
        ),
        "Activities": (
            "Early shift in the bakery from five to twelve: the sourdough, moulding and oven stations in "
            "turn, a week each. Baking diary with a daily record of dough and result."
        ),
        "Assessment method": (
            "Practical task of five hours: three kinds of bread, one of them from the learner’s own "
            "sourdough, examination of the baking diary, and a talk of fifteen minutes"
        ),
        "Assessment criteria": (
            "Sourdough is ripe at the planned hour and keeps within the agreed pH\n"
            "Loaves have a closed crust, an even crumb and the agreed weight\n"
            "Calculation of the recipe is right, the baking diary is complete\n"
            "Two changes made during the week are justified convincingly"
        ),
        "Hosts": "HAMBURG",
        "Valid until": date(2029, 8, 31),
        "For mobility": "yes",
        "Counts at home as": "Module B 3.1 Rye and mixed bread with sourdough, 112 lessons of practice",
        "If not achieved": IF_NOT_ACHIEVED,
    },
    {
        "Unit ID": "U5",
        "Qualification": "CONF",
        "Title": "Food safety, allergens and labelling",
        "Title cs": "Bezpečnost potravin, alergeny a označování",
        "Title fr": "Sécurité des aliments, allergènes et étiquetage",
        "Title de": "Lebensmittelsicherheit, Allergene und Kennzeichnung",
        "EQF level": 3,
        "Points": 1.5,
        "Knowledge": (
            "Name the seven principles of HACCP and the control points of a bakery\n"
            "List the fourteen allergens that have to be declared and where they occur in bakery goods\n"
            "State what the label of packed goods and the counter sign of unpacked goods have to show"
        ),
        "Skills": (
            "Measure and record temperatures of goods received, of cold rooms and of fillings\n"
            "Draw up labels for three products with ingredients, allergens, weight and date\n"
            "Clean and disinfect a workplace by the cleaning plan so that a swab test is passed"
        ),
        "Competence": (
            "Act at once when a limit is exceeded: block the goods, inform, record\n"
            "Prevent the carry-over of allergens between two productions without being told\n"
            "Answer a customer’s question about allergens truthfully with the help of the recipe file"
        ),
        "Activities": (
            "Receiving of goods and record sheets of the self-monitoring system once a week, labels for the "
            "shop, closing and cleaning of the workshop in turn."
        ),
        "Assessment method": (
            "Observation of a full working day with a checklist, three labels made by the learner, and a case "
            "to be solved in a talk of ten minutes"
        ),
        "Assessment criteria": (
            "Records of the day are complete and true\n"
            "The three labels are right, no allergen is missing\n"
            "Swab test is passed\n"
            "The case is solved in the right order: block, inform, record"
        ),
        "Hosts": "NANTES; HAMBURG",
        "Valid until": date(2029, 8, 31),
        "For mobility": "yes",
        "Counts at home as": "Module C 3.1 Hygiene and self-monitoring, 40 lessons of practice",
        "If not achieved": IF_NOT_ACHIEVED,
    },
    {
        "Unit ID": "U5",
        "Qualification": "BAKE",
        "Title": "Food safety, allergens and labelling",
        "Points": 1,
        "Counts at home as": "Module B 3.2 Hygiene and self-monitoring, 32 lessons of practice",
    },
    # Done at home: these count for what is held and what remains, nobody goes abroad for them.
    {
        "Unit ID": "CONF-1",
        "Qualification": "CONF",
        "Title": "First year: raw materials, basic doughs and creams",
        "Title cs": "První ročník: suroviny, základní těsta a krémy",
        "Title fr": "Première année : matières premières, pâtes de base et crèmes",
        "Title de": "Erstes Jahr: Rohstoffe, Grundteige und Cremes",
        "EQF level": 3,
        "Points": 60,
        "Knowledge": "Describe the raw materials of the trade, their quality and their storage",
        "Skills": "Prepare basic doughs, batters and creams by recipe",
        "Competence": "Keep the workplace in order and follow the rules of hygiene and safety",
        "Assessment method": "Practical examination in the school’s workshop at the end of the year",
        "For mobility": "no",
    },
    {
        "Unit ID": "CONF-2",
        "Qualification": "CONF",
        "Title": "Second year: cakes, biscuits and work in the shop",
        "Title cs": "Druhý ročník: dorty, čajové pečivo a práce v prodejně",
        "Title fr": "Deuxième année : gâteaux, petits fours et travail en boutique",
        "Title de": "Zweites Jahr: Torten, Teegebäck und Arbeit im Laden",
        "EQF level": 3,
        "Points": 60,
        "Knowledge": "Explain the methods of making, filling and coating cakes",
        "Skills": "Make, fill and decorate cakes and biscuits to order",
        "Competence": "Serve customers, take orders and keep to agreed dates",
        "Assessment method": "Practical examination in the school’s workshop at the end of the year",
        "For mobility": "no",
    },
    {
        "Unit ID": "BAKE-1",
        "Qualification": "BAKE",
        "Title": "First year: raw materials and wheat doughs",
        "Title cs": "První ročník: suroviny a pšeničná těsta",
        "Title fr": "Première année : matières premières et pâtes de blé",
        "Title de": "Erstes Jahr: Rohstoffe und Weizenteige",
        "EQF level": 3,
        "Points": 60,
        "Knowledge": "Describe flours and the other raw materials, their quality and their storage",
        "Skills": "Mix, mould and bake rolls and plaited goods of wheat dough",
        "Competence": "Keep the workplace in order and follow the rules of hygiene and safety",
        "Assessment method": "Practical examination in the school’s workshop at the end of the year",
        "For mobility": "no",
    },
    {
        "Unit ID": "BAKE-2",
        "Qualification": "BAKE",
        "Title": "Second year: bread, ovens and machines",
        "Title cs": "Druhý ročník: chléb, pece a stroje",
        "Title fr": "Deuxième année : pain, fours et machines",
        "Title de": "Zweites Jahr: Brot, Öfen und Maschinen",
        "EQF level": 3,
        "Points": 60,
        "Knowledge": "Explain how doughs are fermented and how the ovens and machines of a bakery work",
        "Skills": "Produce bread and rolls on a production line and at the deck oven",
        "Competence": "Take charge of one station of the shift and hand it over in good order",
        "Assessment method": "Practical examination in the school’s workshop at the end of the year",
        "For mobility": "no",
    },
]

LEARNERS: list[Row] = [
    {
        "Learner ID": "L01",
        "Family name": "Bartošová",
        "Given names": "Eliška",
        "Date of birth": date(2008, 9, 17),
        "Sex": "F",
        "Nationality": "Czech",
        "Address": "Perníková 12\n779 00 Olomouc",
        "Telephone": "+420 600 000 101",
        "E-mail": "eliska.bartosova@zaci.umlyna.example.org",
        "Emergency contact": "Jana Bartošová (mother), +420 600 000 201",
        **NANTES,
        "Qualification": "CONF",
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U1; U2",
        "Points": 6.5,
    },
    {
        "Learner ID": "L02",
        "Family name": "Dvořák",
        "Given names": "Matěj",
        "Date of birth": date(2008, 10, 2),
        "Sex": "M",
        "Nationality": "Czech",
        "Address": "Kvásková 7\n783 35 Horka nad Moravou",
        "Telephone": "+420 600 000 102",
        "E-mail": "matej.dvorak@zaci.umlyna.example.org",
        "Emergency contact": "Luboš Dvořák (father), +420 600 000 202",
        **HAMBURG,
        "Qualification": "BAKE",
        "Units already acquired": "BAKE-1; BAKE-2",
        "Units": "U4; U5",
        "Points": 4.5,
    },
    {
        "Learner ID": "L03",
        "Family name": "Hrušková-Malá",
        "Given names": "Anežka",
        "Date of birth": date(2008, 3, 25),
        "Sex": "F",
        "Nationality": "Czech",
        "Address": "Vanilková 31\n796 01 Prostějov",
        "Telephone": "+420 600 000 103",
        "E-mail": "anezka.hruskova@zaci.umlyna.example.org",
        "Emergency contact": "Ivana Hrušková (mother), +420 600 000 203",
        **NANTES,
        "Qualification": "CONF",
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U2; U3",
        "Points": 6,
    },
    {
        "Learner ID": "L04",
        "Family name": "Jíra",
        "Given names": "Šimon",
        "Date of birth": date(2008, 7, 8),
        "Sex": "M",
        "Nationality": "Czech",
        "Address": "Rohlíková 5\n785 01 Šternberk",
        "Telephone": "+420 600 000 104",
        "E-mail": "simon.jira@zaci.umlyna.example.org",
        "Emergency contact": "Petra Jírová (mother), +420 600 000 204",
        **HAMBURG,
        "Workplace": "LOEFFLER",
        **MENTOR_LOEFFLER,
        "Qualification": "BAKE",
        "Units already acquired": "BAKE-1; BAKE-2",
        "Units": "U4; U5",
        "Points": 4.5,
        "Activities": (
            "Monday to Thursday early shift at Bäckerei Löffler & Töchter: the sourdough, moulding and oven "
            "stations in turn. Friday in the workshop of the host school: recipe calculation, labels, "
            "preparation for the assessment. 35 hours a week."
        ),
    },
    {
        "Learner ID": "L05",
        "Family name": "Kučerová",
        "Given names": "Žofie",
        "Date of birth": date(2009, 6, 14),
        "Sex": "F",
        "Nationality": "Czech",
        "Address": "Skořicová 3\n784 01 Litovel",
        "Telephone": "+420 600 000 105",
        "E-mail": "zofie.kucerova@zaci.umlyna.example.org",
        "Emergency contact": "Markéta Kučerová (mother), +420 600 000 205",
        "Guardian": "Markéta Kučerová",
        "Guardian address": "Skořicová 3\n784 01 Litovel",
        "Guardian telephone": "+420 600 000 205",
        "Guardian e-mail": "marketa.kucerova@example.org",
        "Guardian 2": "Vladimír Kučera",
        "Guardian 2 telephone": "+420 600 000 215",
        "Guardian 2 e-mail": "vladimir.kucera@example.org",
        **NANTES,
        "Qualification": "CONF",
        "Progress": (
            "Third year of three. The first two years are completed with distinction. Winner of the school’s "
            "competition for the best fruit tart in 2026."
        ),
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U1; U2",
        "Points": 6.5,
        "Additional information": (
            "The learner is under 18. She is lodged in the boarding house of the host school with supervision "
            "at night, works no more than seven hours a day, not before six in the morning and not after "
            "eight in the evening. An accompanying teacher stays in Nantes for the whole time."
        ),
        "Annexes": "Consent of both parents to the journey and to the lodging",
    },
    {
        "Learner ID": "L06",
        "Mobility": 1,
        "Family name": "Nguyễn",
        "Given names": "Thị Mai",
        "Date of birth": date(2008, 1, 30),
        "Sex": "F",
        "Nationality": "Vietnamese",
        "Address": "Mandlová 18\n750 02 Přerov",
        "Telephone": "+420 600 000 106",
        "E-mail": "mai.nguyen@zaci.umlyna.example.org",
        "Emergency contact": "Nguyễn Văn Hùng (father), +420 600 000 206",
        **HAMBURG,
        "Qualification": "CONF",
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U3; U5",
        "Points": 4,
        "Enclosures progress": (
            "Europass CV\n"
            "(Unit[s] of) learning outcomes already acquired by the learner\n"
            "Certificate in German, level A2"
        ),
    },
    {
        "Learner ID": "L06",
        "Mobility": 2,
        "Family name": "Nguyễn",
        "Given names": "Thị Mai",
        "Date of birth": date(2008, 1, 30),
        **NANTES,
        "Qualification": "CONF",
        "Progress": (
            "Third year of three. The first two years are completed and passed. Units U3 and U5 are the "
            "subject of the learner’s first mobility, to Hamburg in March 2027."
        ),
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U1; U2",
        "Points": 6.5,
    },
    {
        "Learner ID": "L07",
        "Family name": "O'Reilly",
        "Given names": "Dominika",
        "Date of birth": date(2007, 12, 11),
        "Sex": "F",
        "Nationality": "Czech, Irish",
        "Address": "Oříšková 44\n779 00 Olomouc",
        "Telephone": "+420 600 000 107",
        "E-mail": "dominika.oreilly@zaci.umlyna.example.org",
        "Emergency contact": "Sean O'Reilly (father), +420 600 000 207",
        **NANTES,
        "Workplace": "QUEMENEUR",
        **MENTOR_QUEMENEUR,
        "Qualification": "CONF",
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U1; U3",
        "Points": 5.5,
        "Activities": (
            "Monday to Thursday at Boulangerie-Pâtisserie Quéméneur & Fils: viennoiserie in the morning, "
            "chocolate and decoration in the afternoon. Friday in the workshop of the host school, with two "
            "hours of trade language. 35 hours a week."
        ),
    },
    {
        "Learner ID": "L08",
        "Family name": "Pospíšil",
        "Given names": "Ondřej",
        "Date of birth": date(2008, 5, 19),
        "Sex": "M",
        "Nationality": "Czech",
        "Address": "Koláčová 9\n783 91 Uničov",
        "Telephone": "+420 600 000 108",
        "E-mail": "ondrej.pospisil@zaci.umlyna.example.org",
        "Emergency contact": "Alena Pospíšilová (mother), +420 600 000 208",
        **HAMBURG_FLOW,
        "End date": date(2027, 4, 2),
        "Weeks": 5,
        "Assessment date": date(2027, 4, 1),
        "Workplace": "LOEFFLER",
        **MENTOR_LOEFFLER,
        "Qualification": "BAKE",
        "Units already acquired": "BAKE-1; BAKE-2",
        "Units": "U1; U4; U5",
        "Points": 7,
        "Activities": (
            "First two weeks in the workshop of the host school: Plunder and yeast doughs. Then three weeks "
            "early shift at Bäckerei Löffler & Töchter: the sourdough, moulding and oven stations in turn. 35 "
            "hours a week, Good Friday and Easter Monday are days off."
        ),
    },
    {
        "Learner ID": "L09",
        "Family name": "Řezníček",
        "Given names": "Jáchym",
        "Date of birth": date(2008, 8, 4),
        "Sex": "M",
        "Nationality": "Czech",
        "Address": "Žitná Lhota 16\n751 31 Lipník nad Bečvou",
        "Telephone": "+420 600 000 109",
        "E-mail": "jachym.reznicek@zaci.umlyna.example.org",
        "Emergency contact": "Marie Řezníčková (grandmother), +420 600 000 209",
        **HAMBURG,
        "Qualification": "BAKE",
        "Units already acquired": "BAKE-1; BAKE-2",
        "Units": "U4",
        "Points": 3.5,
    },
    {
        "Learner ID": "L10",
        "Family name": "Sýkora",
        "Given names": "Vojtěch",
        "Date of birth": date(2008, 10, 23),
        "Sex": "M",
        "Nationality": "Czech",
        "Address": "Hrozinková 27\n753 01 Hranice",
        "Telephone": "+420 600 000 110",
        "E-mail": "vojtech.sykora@zaci.umlyna.example.org",
        "Emergency contact": "Radka Sýkorová (mother), +420 600 000 210",
        **NANTES,
        "Qualification": "CONF",
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U1; U2",
        "Points": 5,
    },
    {
        "Learner ID": "L11",
        "Family name": "Ševčenko",
        "Given names": "Solomija",
        "Date of birth": date(2006, 11, 28),
        "Sex": "F",
        "Nationality": "Ukrainian",
        "Address": "Kmínová 1\n779 00 Olomouc",
        "Telephone": "+420 600 000 111",
        "E-mail": "solomija.sevcenko@zaci.umlyna.example.org",
        "Emergency contact": "Oksana Ševčenko (sister), +420 600 000 211",
        **HAMBURG,
        "Qualification": "BAKE",
        "Progress": (
            "Second year of three. The first year was recognised in 2025 on the basis of two years of bakery "
            "training in Lviv and a practical examination at the home school."
        ),
        "Units already acquired": "BAKE-1",
        "Units": "U1; U5",
        "Points": 3.5,
        "Validator": "Mgr. Tereza Koudelková",
        "Validator role": "Střední škola pekařská a cukrářská U Mlýna, teacher of bakery technology",
    },
    {
        "Learner ID": "L12",
        "Family name": "Žáčková",
        "Given names": "Ludmila",
        "Date of birth": date(2003, 2, 6),
        "Sex": "F",
        "Nationality": "Czech",
        "Address": "Cukrová 60\n789 01 Zábřeh",
        "Telephone": "+420 600 000 112",
        "E-mail": "ludmila.zackova@zaci.umlyna.example.org",
        "Emergency contact": "Tomáš Žáček (husband), +420 600 000 212",
        **NANTES_FLOW,
        "End date": date(2027, 5, 28),
        "Weeks": 8,
        "Assessment date": date(2027, 5, 27),
        "Workplace": "QUEMENEUR",
        "Employer": "MAKOVEC",
        **MENTOR_QUEMENEUR,
        "Qualification": "CONF",
        "Progress": (
            "Second and last year of the shortened course for adults, beside employment as a confectioner’s "
            "assistant. The first two years of the programme are recognised, partly from her certificate as a "
            "cook."
        ),
        "Units already acquired": "CONF-1; CONF-2",
        "Units": "U1; U2; U3; U5",
        "Points": 10.5,
        "Activities": (
            "Four weeks in the workshops of the host school with the group, then four weeks at "
            "Boulangerie-Pâtisserie Quéméneur & Fils: the pastry and chocolate stations in turn. 35 hours a "
            "week."
        ),
        "Validation date": date(2027, 6, 8),
        "Enclosures progress": (
            "Europass CV\n"
            "(Unit[s] of) learning outcomes already acquired by the learner\n"
            "Reference of the employer, Cukrářství Makovec a dcera, s.r.o."
        ),
        "Additional information": "The employer releases the learner for the stay and continues to pay her.",
        "Annexes": "Release from work, signed by the employer",
    },
]

UNIT_CHOICES: list[Row] = [
    # L06 in Hamburg: chocolate is assessed by the confectioner of the host, on a day of its own.
    {
        "Learner ID": "L06",
        "Mobility": 1,
        "Unit ID": "U3",
        "Scope": "whole",
        "Assessor": "Silke Petersen-Groß",
        "Assessor role": "Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet, confectioner",
        "Assessment date": date(2027, 3, 17),
    },
    {"Learner ID": "L06", "Mobility": 1, "Unit ID": "U5", "Scope": "whole"},
    # L10 takes U1 as it is and a part of U2 for fewer points.
    {"Learner ID": "L10", "Unit ID": "U1", "Scope": "whole"},
    {
        "Learner ID": "L10",
        "Unit ID": "U2",
        "Scope": "part",
        "Part": "Tarts and plated desserts. Entremets and glazing are left out and follow at home.",
        "Points": 2,
    },
]

ACCOMPANYING: list[Row] = [
    {
        "Name": "Bc. Radim Vaněk",
        "Role": "Accompanying teacher",
        "Home": "OLOMOUC",
        "Host": "HAMBURG",
        "Start date": date(2027, 3, 1),
        "End date": date(2027, 3, 19),
        "Telephone": "+420 600 000 012",
        "E-mail": "radim.vanek@umlyna.example.org",
    },
    {
        "Name": "Mgr. Hana Zemanová",
        "Role": "Accompanying teacher",
        "Home": "OLOMOUC",
        "Host": "NANTES",
        "Start date": date(2027, 4, 5),
        "End date": date(2027, 4, 30),
        "Telephone": "+420 600 000 011",
        "E-mail": "hana.zemanova@umlyna.example.org",
    },
]

SHEETS: dict[str, list[Row]] = {
    "Cohort": COHORT,
    "Partners": PARTNERS,
    "Qualifications": QUALIFICATIONS,
    "Units": UNITS,
    "Learners": LEARNERS,
    "Unit choices": UNIT_CHOICES,
    "Accompanying": ACCOMPANYING,
    "Results": [],  # filled after the stay
}
