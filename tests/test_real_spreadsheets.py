"""Workbooks as colleges have them, run as they are: their sheets, their columns, their title rows, their own extras."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.office import Made
from tests.desk import agreements, make, room
from tests.drawn import write

GERMAN = """
    Projekt
    | Berufskolleg Bremen – Auslandspraktika         | <                               |
    |                                                |                                 |
    | Kohorte                                        | DE-2027-Fruehjahr               |
    | Projekttitel                                   | Handwerk in Europa              |
    | Projektnummer                                  | 2026-1-DE02-KA121-VET-000123456 |
    | Förderprogramm                                 | Erasmus+                        |
    | Art der Mobilität                              | Kurzzeit                        |
    | Gültig bis                                     | 31.12.2028                      |
    | Ort der Unterschrift                           | Bremen                          |
    | Prüfer/in                                      | Mikko Salo                      |
    | Bearbeiter                                     | Frau Kröger                     |

    Einrichtungen
    | Übersicht der Partner (Stand: 01.12.2026) | < | < | < | < | < | < | < | < | < |
    | Kürzel | Rolle       | Name der Einrichtung | Anschrift                  | Land        | Telefon       | E-Mail         | Ansprechpartner/in | Betreuer/in | Unterzeichner/in | Vertrag seit |
    | BKB    | entsendend  | Berufskolleg Bremen  | Schulweg 1↵28195 Bremen    | Deutschland | '+49 421 1234 | info@bkb.example | Petra Kröger     |             | Jens Voss        | 2019 |
    | AUR    | aufnehmend  | Hotel Aurora Oy      | Rantakatu 4, 33100 Tampere | Finnland    | '+358 3 5550  | info@aurora.example | Aino Lehtinen | Mikko Salo  | Eeva Korhonen    | 2021 |

    Ausbildungsberufe
    | Code | Bezeichnung der Qualifikation | EQR-Niveau | DQR-Niveau |
    | KOCH | Koch/Köchin                   | 4          | 4          |

    Lernergebniseinheiten
    | Nr. | Beruf | Titel der Einheit | Kenntnisse           | Fertigkeiten               | Kompetenzen        | ECVET-Punkte | Bewertungsverfahren |
    | E1  | KOCH  | Kalte Vorspeisen  | kennt die Kühlkette  | bereitet drei Vorspeisen   | arbeitet sauber    | 2,5          | Beobachtung |
    | E2  | KOCH  | Suppen            | kennt Grundbrühen    | bereitet zwei Suppen       | arbeitet allein    | 2            | Beobachtung |

    Teilnehmerliste
    | Teilnehmerliste Frühjahr 2027 | < | < | < | < | < | < | < | < | < | < | < | < | < | < | < |
    | Lernende | < | < | < | < | < | < | Erziehungsberechtigte | < | Aufenthalt | < | < | < | < | < | intern |
    | Lfd. Nr. | Nachname | Vorname | Geb.-Datum (TT.MM.JJJJ) | Geschlecht (m/w/d) | Klasse | Handy | Name | Telefon | Schule | Gastbetrieb | Beginn | Ende | Beruf | Einheiten | Bemerkung |
    | 1 | Müller  | Anna Sofie | 12.03.2009 | w | KO23a | '+49 170 111 | Karin Müller | '+49 170 222 | BKB | AUR | 05.04.2027 | 30.04.2027 | KOCH | E1; E2 | vegetarisch |
    | 2 | Schäfer | Ben        | 30.11.2006 | m | KO23a | '+49 170 333 |              |              | BKB | Hotel Aurora Oy | 05.04.2027 | 30.04.2027 | Koch/Köchin | E1↵E2 |  |
    | | | | | | | | | | | | | | | | |
    | Stand: 15.01.2027 | | | | | | | | | | | | | | | |
"""

POLISH = """
    Dane projektu
    | Nazwa pola / Field            | Wartość / Value                 |
    | Kohorta / Cohort              | PL-2027-Wiosna                  |
    | Tytuł projektu                | Smaki Europy                    |
    | Numer projektu                | 2026-1-PL01-KA121-VET-000123456 |
    | Rodzaj mobilności             | krótkoterminowa                 |

    Partnerzy
    | Skrót | Rola / Role   | Nazwa instytucji / Name | Kraj / Country | Adres            | Telefon        | E-mail           | Osoba do kontaktu | Opiekun stażu | Osoba podpisująca |
    | ZSG   | wysyłająca    | Zespół Szkół Gastronomicznych w Łodzi | Polska | ul. Długa 1, Łódź | '+48 42 111   | zsg@zsg.example  | Łucja Żak   |               | Marek Wąs         |
    | SOL   | przyjmująca   | Bistro Sol S.L.         | Hiszpania      | C. Sol 1, Málaga | '+34 952 111   | sol@sol.example  | Ana Ruiz          | Pepe Gil      | Ana Ruiz          |

    Zawody
    | Kod  | Nazwa kwalifikacji / Title | Poziom ERK | Poziom PRK |
    | KUCH | Kucharz                    | 3          | III        |

    Jednostki efektów uczenia się
    | Kod | Zawód | Nazwa jednostki / Unit title | Wiedza        | Umiejętności       | Kompetencje społeczne | Punkty ECVET |
    | J1  | KUCH  | Zimne przystawki             | zna przepisy  | robi przystawki    | dba o higienę         | 2            |

    Uczestnicy
    | LISTA UCZESTNIKÓW MOBILNOŚCI | < | < | < | < | < | < | < | < | < |
    | Lp. | Nazwisko↵Surname | Imię / First name | Data urodzenia (dd.mm.rrrr) | Płeć (K/M) | Rodzic/opiekun prawny | Telefon rodzica | Szkoła wysyłająca | Instytucja przyjmująca | Data rozpoczęcia | Data zakończenia | Zawód | Jednostki | Klasa |
    | 1 | Łukasiewicz | Małgorzata | 12.03.2010 | K | Ewa Łukasiewicz | '+48 601 111 | ZSG | SOL | 05.04.2027 | 30.04.2027 | KUCH | J1 | 3a |
    | 2 | Żuk         | Paweł      | 01.09.2008 | M |                 |              | ZSG | SOL | 05.04.2027 | 30.04.2027 | KUCH | J1 | 3a |
"""

FRENCH = """
    Informations générales
    | Nom de la cohorte       | FR-2027-Printemps               |
    | Intitulé du projet      | Saveurs d'Europe                |
    | Code projet             | 2026-1-FR01-KA121-VET-000123456 |
    | Type de mobilité        | courte durée                    |

    Établissements partenaires
    | Sigle | Rôle    | Nom de l'établissement | Adresse postale        | Pays     | Téléphone    | Courriel            | Personne de contact | Tuteur     | Représentant légal | Fonction du signataire |
    | LHR   | envoi   | Lycée hôtelier Ravel   | 1 rue Haute, 69001 Lyon | France  | '+33 4 7200  | contact@lhr.example | Zoé Lefèvre         |            | Luc Morel | Proviseur |
    | AUR   | accueil | Hotel Aurora Oy        | Rantakatu 4, Tampere    | Finlande | '+358 3 5550 | info@aurora.example | Aino Lehtinen      | Mikko Salo | Eeva Korhonen | Directrice |

    Diplômes
    | Code | Intitulé du diplôme | Niveau CEC |
    | CAPC | CAP Cuisine         | 3          |

    Unités d'acquis d'apprentissage
    | N° de l'unité | Diplôme | Intitulé de l'unité | Savoirs | Savoir-faire | Savoir-être | Modalités d'évaluation |
    | U1 | CAPC | Entrées froides | connaît la chaîne du froid | prépare trois entrées | travaille proprement | Observation |

    Élèves
    | Mobilité de printemps 2027 | < | < | < | < | < | < | < | < | < | < |
    | N° | NOM / Family name | Prénom / Given names | Date de naissance (jj/mm/aaaa) | Sexe (F/M) | Représentant légal | Tél. du représentant légal | Établissement d'envoi | Structure d'accueil | Début du stage | Fin du stage | Diplôme préparé | Unités | Division |
    | 1 | DUPONT | Chloé | 2009-03-12 | F | Anne Dupont | '+33 6 1111 | LHR | AUR | 2027-04-05 | 2027-04-30 | CAPC | U1 | 2CAP1 |
    | 2 | LE GALL | Yann | 2006-11-30 | M | | | LHR | AUR | 2027-04-05 | 2027-04-30 | CAPC | U1 | 2CAP1 |
"""


def run(folder: Path, picture: str, name: str = "cohort.xlsx") -> Made:
    here = room(folder)
    write(picture, here.input / name)
    [made] = make(here)
    return made


def errors(made: Made) -> list[str]:
    return [f"{problem.code} {problem.place} {problem.message}" for problem in made.problems if problem.holds]


@pytest.mark.parametrize(("picture", "identifier"), [
    (GERMAN, "DE-2027-Fruehjahr"), (POLISH, "PL-2027-Wiosna"), (FRENCH, "FR-2027-Printemps"),
])  # fmt: skip
def test_a_workbook_in_a_colleges_own_language_is_run_as_it_is(picture, identifier, tmp_path):
    made = run(tmp_path, picture)
    assert errors(made) == []
    assert (made.name, agreements(made)) == (identifier, 2)


FLAT_GERMAN = """
    Praktika 2027
    | Nr. | Nachname | Vorname | Geburtsdatum | w/m | Erziehungsberechtigte | Telefon Eltern | Entsendende Schule | Anschrift der entsendenden Schule | Land der entsendenden Schule | Aufnehmende Einrichtung | Aufnehmende Einrichtung: Adresse | Aufnehmende Einrichtung: Land | Ansprechpartner Gastbetrieb | E-Mail Gastbetrieb | Beginn | Ende | Beruf | EQR-Niveau | Einheit 1 | Fertigkeiten 1 | Einheit 2 | Fertigkeiten 2 | Klasse |
    | 1 | Müller  | Anna | 12.03.2009 | w | Karin Müller | '+49 170 2 | Berufskolleg Bremen | Schulweg 1, Bremen | Deutschland | Hotel Aurora Oy | Rantakatu 4 | Finnland | Aino Lehtinen | info@aurora.example | 05.04.2027 | 30.04.2027 | Koch | 4 | E1: Kalte Vorspeisen | bereitet drei Vorspeisen | E2: Suppen | bereitet zwei Suppen | 23a |
    | 2 | Schäfer | Ben  | 30.11.2006 | m |              |            | Berufskolleg Bremen |                    |             | Hotel Aurora Oy |             |          |               |                     | 05.04.2027 | 30.04.2027 | Koch | 4 | E1: Kalte Vorspeisen |                          |            |                      | 23a |
    | 3 | Yılmaz  | Can  | 01.02.2005 | m |              |            | Berufskolleg Bremen |                    |             | Bistro Sol S.L. | C. Sol 1, Málaga | Spanien | Ana Ruiz  | sol@sol.example     | 05.04.2027 | 30.04.2027 | Koch | 4 | E1: Kalte Vorspeisen |                          |            |                      | 23b |
"""

FLAT_FRENCH = """
    Feuil1
    | Lycée hôtelier Ravel – mobilités de printemps | < | < | < | < | < | < | < | < | < | < | < | < | < |
    | Élève | < | < | Organisme d'envoi | < | Organisme d'accueil | < | < | < | Stage | < | Formation | < | < |
    | Nom | Prénom | Date de naissance | Nom | Pays | Nom | Adresse | Pays | Courriel | Début | Fin | Diplôme | Intitulé de l'unité | Acquis d'apprentissage |
    | DUPONT  | Chloé | 2006-03-12 | Lycée hôtelier Ravel | France | Hotel Aurora Oy | Rantakatu 4 | Finlande | info@aurora.example | 2027-04-05 | 2027-04-30 | CAP Cuisine | Entrées froides | prépare trois entrées |
    | LE GALL | Yann  | 2005-11-30 | Lycée hôtelier Ravel |        | Hotel Aurora Oy |             |          |                     | 2027-04-05 | 2027-04-30 | CAP Cuisine | Entrées froides |                       |
"""

EU_EXPORT = """
    Mobilities
    | Data type | Project ID | Mobility activity ID | Activity Type (code) | Long-term activity | Participant ID | Participant First Name | Participant Last Name | Participant Date of Birth | Participant Gender | Participant Email | Sending Organisation OID | Sending Organisation Legal Name | Sending Country | Receiving Organisation OID | Receiving Organisation Legal Name | Receiving Country | Start Date | End Date | Duration (days) | Main Language |
    | *    | *    | *    | DICT | YES/NO | *    | *    | *    | DD-MM-YYYY * | DICT | text | *    | *    | * DICT | text | *    | * DICT | * DD-MM-YYYY | * DD-MM-YYYY | decimals | DICT |
    | Mobility | 2026-1-AT01-KA121-VET-000123456 | 000123456-MOB-00001 | Short-term learning mobility of VET learners | NO | P001 | Anna | Huber | 12-03-2006 | F - Female | anna@x.example | E10000001 | Tourismusschule Krems | AT - Austria | E10000002 | Hotel Aurora Oy | FI - Finland | 05-04-2027 | 30-04-2027 | 26 | EN - English |
    | Language |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  | FI - Finnish |
    | Mobility | 2026-1-AT01-KA121-VET-000123456 | 000123456-MOB-00002 | Short-term learning mobility of VET learners | NO | P002 | Ben  | Gruber | 01-02-2005 | M - Male | ben@x.example | E10000001 | Tourismusschule Krems | AT - Austria | E10000002 | Hotel Aurora Oy | FI - Finland | 05-04-2027 | 30-04-2027 | 26 | EN - English |
"""

COHORT_OF_EXPORT = """
    Cohort
    | Qualification | COOK   |
    | Units         | U1; U2 |
    | Cohort ID     | AT-27  |
"""

REGISTER = """
    Partners
    | Partner ID | Role | Name                  | Country | Address      | Contact person |
    | TSK        | home | Tourismusschule Krems | Austria | Langenlois 1 | Eva Maier      |
    | AUR        | host | Hotel Aurora Oy       | Finland | Rantakatu 4  | Aino           |
    | NOBODY     | host |                       | Nowhere |              |                |

    Qualifications
    | Qualification ID | Title  | EQF level |
    | COOK             | Koch   | 4         |
    | WAITER           | Kellner | 4        |

    Units
    | Unit ID | Qualification | Title     | Skills         |
    | U1      | COOK          | Vorspeisen | macht Vorspeisen |
    | U2      | COOK          | Suppen    | macht Suppen   |
    | U9      | WAITER        | Service   | bedient        |
"""


@pytest.mark.parametrize(("picture", "learners"), [(FLAT_GERMAN, 3), (FLAT_FRENCH, 2)])
def test_a_flat_sheet_in_a_colleges_own_language_is_run_as_it_is(picture, learners, tmp_path):
    made = run(tmp_path, picture)
    assert errors(made) == []
    assert agreements(made) == learners


def test_an_export_of_the_reporting_tool_is_read_and_says_what_it_does_not_hold(tmp_path):
    made = run(tmp_path, EU_EXPORT, "export.xlsx")
    assert errors(made) == [
        "S112 Mobilities The sheet “Mobilities” has no column “Qualification”.",
        "S112 Mobilities The sheet “Mobilities” has no column “Units”.",
    ]
    cohort = made.cohort
    assert cohort is not None
    assert [(one.id, one.given_names, str(one.date_of_birth), one.sex) for one in cohort.learners] == [
        ("P001", "Anna", "2006-03-12", "F"), ("P002", "Ben", "2005-02-01", "M"),
    ]  # fmt: skip
    assert [(one.name, one.country, one.oid) for one in cohort.partners] == [
        ("Tourismusschule Krems", "AT", "E10000001"), ("Hotel Aurora Oy", "FI", "E10000002"),
    ]  # fmt: skip
    stay = cohort.learners[0].agreement
    assert (str(stay.start), str(stay.end), stay.mobility_id) == ("2027-04-05", "2027-04-30", "000123456-MOB-00001")
    assert (cohort.id, cohort.project_code, cohort.activity) == ("export", "2026-1-AT01-KA121-VET-000123456", "short")


def test_an_export_takes_what_it_lacks_from_the_register_and_a_sheet_cohort(tmp_path):
    here = room(tmp_path)
    write(REGISTER, here.register)
    write(COHORT_OF_EXPORT + EU_EXPORT, here.input / "export.xlsx")
    [made] = make(here)
    assert errors(made) == []
    assert agreements(made) == 2
    assert made.cohort is not None
    assert [(one.name, one.address) for one in made.cohort.partners] == [
        ("Tourismusschule Krems", "Langenlois 1"), ("Hotel Aurora Oy", "Rantakatu 4"),
    ]  # fmt: skip
    assert [one.id for one in made.cohort.qualifications] == ["COOK"]
    assert [one.id for one in made.cohort.units] == ["U1", "U2"]
    assert str(made.cohort.partners[0].at("address")) == "register.xlsx › Partners!E2"
