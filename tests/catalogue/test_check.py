"""What the check finds, one wrong catalogue each."""

import pytest

from reports.catalogue.check import check
from reports.catalogue.load import Catalogue, load_catalogue
from tests.catalogue.tables import Folder

STATES = ["RU,,Russia,,state,Eastern Europe,,,,,,,,", "US,,United States,,state,Northern America,,,,,,,,"]


@pytest.mark.parametrize(
    ("tables", "problems"),
    [
        ({"weapons": ["A,B,other,,,,,,,"]}, ["weapons: A: there is no family B"]),
        ({"weapons": ["A,,other,IX,,,,,,"]}, ["weapons: A: unknown UNROCA category 'IX'"]),
        ({"weapons": ["A,,other,,,Nobody,,,,"]}, ["weapons: A: there is no organisation Nobody"]),
        ({"weapons": ["A,,other,,,,XX,,,"]}, ["weapons: A: there is no party XX"]),
        ({"weapons": ["A,,other,,,,,,,Tiger"]}, ["weapons: A: context 'Tiger' is none of its names"]),
        (
            {"weapons": ["A,B,other,,,,,,,", "B,A,other,,,,,,,"]},
            ["weapons: A: is a variant of itself", "weapons: B: is a variant of itself"],
        ),
        (
            {"weapons": ["Tiger,,other,,,,,,,", "EC-665,,other,,,,,Tigér,,"]},
            ["weapons: EC-665: shares the name 'tiger' with Tiger; one needs context"],
        ),
        ({"weapons": ["Tiger,,other,,,,,,,", "EC-665,,other,,,,,Tiger,,Tiger"]}, []),
        ({"parties": ["x,,X,,state,Nowhere,,,,,,,,"]}, ["parties: x: unknown region 'Nowhere'"]),
        ({"parties": ["x,,X,,non_state,,YY,,,,,,,"]}, ["parties: x: there is no party YY"]),
        (
            {"parties": ["x,,X,,state,,,1990-13,,,,,,"]},
            ["parties: x: '1990-13' is no date (YYYY, YYYY-MM or YYYY-MM-DD)"],
        ),
        ({"parties": ["x,,X,,state,,,1990,1980-01,,,,,"]}, ["parties: x: ends (1980-01) before it begins (1990)"]),
        ({"parties": ["x,,X,,state,,,,1980,x,,,,"]}, ["parties: x: is its own successor"]),
        (
            {"parties": ["x,,X,,state,,,,,,Ex,,,", "y,,Y,,state,,,,,,,,ex,"]},
            ["parties: y: shares the name 'ex' with x; one needs context"],
        ),
        ({"parties": ["x,,Ex,,state,,,1900,1950,,,,,", "y,,Ex,,state,,,1950,,,,,,"]}, []),
        ({"officials": ["XX,A,other,,,"]}, ["officials: A: there is no party XX"]),
        (
            {"officials": ["RU,A,defence_minister,2001,2005-03,", "RU,B,defence_minister,2005-02,2010,"]},
            ["officials: B: is defence_minister of RU at the same time as A"],
        ),
        ({"officials": ["RU,A,defence_minister,2001,2005-03,", "RU,B,defence_minister,2005-03-14,,"]}, []),
        ({"officials": ["RU,A,other,2001,2005,", "RU,B,other,2003,,"]}, []),
        (
            {"officials": ["RU,A,head_of_state,2001,2005,", "RU,A,head_of_state,2003,,"]},
            ["officials: A: is head_of_state of RU at the same time as A"],
        ),
        ({"organisations": ["O,XX,maker,,,"]}, ["organisations: O: there is no party XX"]),
        (
            {"organisations": ["O,RU,maker,P,,", "P,US,maker,,,"]},
            ["organisations: P: shares the name 'p' with O; one needs context"],
        ),
        ({"organisations": ["O,RU,maker,P,,P", "P,US,maker,,,"]}, []),
        ({"organisations": ["O,RU,maker,P,,Q"]}, ["organisations: O: context 'Q' is none of its names"]),
        (
            {"organisations": ["Glock,US,maker,,,"], "weapons": ["Glock 17,,small_arms,,,,,Glock,,"]},
            ["weapons: Glock 17: shares the name 'glock' with Glock (organisations); one needs context"],
        ),
        ({"organisations": ["Glock,US,maker,,,"], "weapons": ["Glock 17,,small_arms,,,,,Glock,,Glock"]}, []),
        (
            {"parties": ["x,,Canberra,,state,,,,,,,,,"], "weapons": ["Canberra,,aircraft,,,,,,,"]},
            ["weapons: Canberra: shares the name 'canberra' with x (parties); one needs context"],
        ),
        (
            {"parties": ["x,,X,,state,,,,,,OSCE,,,"], "organisations": ["OSCE,x,service,,,"]},
            ["organisations: OSCE: shares the name 'osce' with x (parties); one needs context"],
        ),
        ({"generics": ["machine gun,small_arms,piece,", "machine-gun,small_arms,piece,"]}, []),
        (
            {"generics": ["machine gun,small_arms,piece,", "machine-gun,small_arms,round,"]},
            ["generics: machine-gun: shares the name 'machinegun' with machine gun; one needs context"],
        ),
        ({"generics": ["light tank,armoured_vehicles,piece,"], "weapons": ["T-1,,other,,,,,Light Tank,,"]}, []),
        (
            {"generics": ["155mm shell,ammunition,round,"], "weapons": ["OF,,ammunition,,,,,155 mm shell,,"]},
            ["generics: 155mm shell: shares the name '155mmshell' with OF (weapons); one needs context"],
        ),
        ({"officials": ["RU,A,other,2001,2005,", "US,A,other,2005,,"]}, []),
        (
            {"officials": ["RU,A,other,2001,2005,", "US,A,other,2004,,"]},
            ["officials: A of US: shares the name 'a' with A of RU; two people, or one in two spellings"],
        ),
        (
            {"officials": ["RU,Ann B,other,2001,,", "RU,Anne B,foreign_minister,2001,,Ann B"]},
            ["officials: Anne B of RU: shares the name 'annb' with Ann B of RU; two people, or one in two spellings"],
        ),
        (
            {"outlets": ["A,a.example,RU,ru,web,", "B,a.example,XX,ru,web,"]},
            ["outlets: B: there is no party XX", "outlets: B: shares the domain a.example with A"],
        ),
    ],
)
def test_each_kind_of_problem_is_found(folder: Folder, tables: dict[str, list[str]], problems: list[str]) -> None:
    states = {} if "parties" in tables else {"parties": STATES}
    assert [str(problem) for problem in check(load_catalogue(folder(**states, **tables)))] == problems


def test_the_shipped_catalogue_has_no_problem(shipped: Catalogue) -> None:
    assert [str(problem) for problem in check(shipped)] == []
