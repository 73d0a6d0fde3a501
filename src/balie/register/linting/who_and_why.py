"""Who answers for it, and on what ground: controller, processors, purposes and their bases."""

from balie.kernel import sentence
from balie.register.linting.book import Book, Line, Noticed, Rule, role

_REACHED_BY = frozenset({"email", "phone", "visiting-address", "postal-address", "web"})
_OBJECTED_TO = frozenset({"legitimate-interest", "public-task"})


def the_controller_can_be_reached(book: Book) -> Noticed:
    """People must be able to find whoever answers for their data."""
    if _REACHED_BY.isdisjoint(book.data["controller"]):
        yield ("controller",), sentence("the controller has no contact details")


def a_public_body_names_its_dpo(book: Book) -> Noticed:
    """A public body has a data protection officer, and says how to reach them."""
    if book.public_body and "dpo" not in book.data:
        yield ("controller",), sentence("a public body must have a data protection officer; none is named (`dpo`)")


def a_joint_controller_says_with_whom(book: Book) -> Noticed:
    """Joint controllers name each other; the others are declared recipients."""
    for activity, act in book.activities.items():
        at = ("activities", activity)
        if role(act) == "joint-controller" and "for" not in act:
            yield (*at, "role"), sentence("say with whom (`for`)")
        for name in act["for"] if isinstance(act.get("for"), tuple) else ():
            if name not in book.recipients:
                yield (*at, "for"), sentence("«{name}» is not declared under `recipients`", name=name)


def a_processor_engages_sub_processors(book: Book) -> Noticed:
    """A controller has processors, a processor has sub-processors."""
    for at, act, line in book.shares():
        kind = book.recipients.get(line["with"], {}).get("kind")
        if (kind, role(act)) in (("processor", "processor"), ("sub-processor", "controller")):
            say = sentence("«{name}» is a {kind}, but here we are {role}", name=line["with"], kind=kind, role=role(act))
            yield at, say


def a_processor_has_a_name(book: Book) -> Noticed:
    """A category of processors without a named party cannot be sent anything."""
    for name, who in book.recipients.items():
        if who["kind"] in ("processor", "sub-processor") and "parties" not in who:
            say = sentence("«{name}» is a category without a named party: nothing can be sent to it yet", name=name)
            yield ("recipients", name), say


def a_public_body_has_no_legitimate_interest(book: Book) -> Noticed:
    """A public authority cannot rely on a legitimate interest for its own tasks."""
    for at, _, purpose in book.purposes():
        if book.public_body and purpose["basis"] == "legitimate-interest":
            say = sentence(
                "a public authority cannot rely on legitimate interest in its own tasks; consider public-task"
            )
            yield (*at, "basis"), say


def an_interest_is_named(book: Book) -> Noticed:
    """Whoever relies on an interest says which."""
    for at, _, purpose in book.purposes():
        if purpose["basis"] == "legitimate-interest" and "because" not in purpose:
            yield at, sentence("say which interest (`because`)")


def a_public_task_has_a_law(book: Book) -> Noticed:
    """A public task and a legal obligation rest on a law, and the register says which."""
    for at, act, purpose in book.purposes():
        asks = purpose["basis"] in ("public-task", "legal-obligation") and role(act) != "processor"
        if asks and "because" not in purpose:
            yield at, sentence("{basis} without the law it rests on (`because`)", basis=purpose["basis"])


def who_may_object_is_told(book: Book) -> Noticed:
    """The right to object is told apart from the rest; the register says how."""
    told = "tell" in book.data.get("objections", {})
    for at, act, purpose in book.purposes():
        if purpose["basis"] in _OBJECTED_TO and role(act) != "processor" and not told:
            yield at, sentence("people may object to this; the register does not tell them (`objections: tell`)")


def special_data_have_a_condition(book: Book) -> Noticed:
    """Special categories need a ground of article 9(2), of our own or by the customer's instruction."""
    for line in book.lines():
        word = book.words.get(line.item)
        special = word.special if word else None
        if not special or any(special in one.get("special", {}) for one in line.act["purposes"].values()):
            continue
        if role(line.act) == "processor":
            say = sentence(
                "«{item}» is data on {special}: the customer's instruction must state the ground of 9(2) (`special`)",
                item=line.item,
                special=special,
            )
        else:
            say = sentence(
                "«{item}» is data on {special}: state the ground of 9(2) (`special`)", item=line.item, special=special
            )
        yield line.at, say


def a_contract_is_named(book: Book) -> Noticed:
    """A contract as ground: which, and with whom."""
    for at, act, purpose in book.purposes():
        if purpose["basis"] == "contract" and "because" not in purpose and role(act) == "controller":
            yield at, sentence("say which contract, and with whom (`because`)")


def who_is_approached_can_say_no(book: Book) -> Noticed:
    """Direct marketing rests on consent or an interest, never on a contract, and never uses what people write to the desk."""
    for at, act, purpose in book.purposes():
        if not purpose.get("direct-marketing"):
            continue
        if purpose["basis"] not in ("consent", "legitimate-interest") or role(act) == "processor":
            yield (*at, "basis"), sentence("direct marketing rests on consent or on an interest of our own; name that")
        for line in book.lines():
            word = book.words.get(line.item)
            if line.activity == at[1] and word and word.others and _serves(line, str(at[3])):
                say = sentence("«{item}» must not serve direct marketing: name its `purpose`", item=line.item)
                yield line.at, say


def _serves(line: Line, purpose: str) -> bool:
    named = line.detail.get("purpose") or line.block.get("purpose") or line.act["purposes"]
    return purpose in named


RULES = (
    Rule("R05", "doubt", "13(1)(a), 30(1)(a)", the_controller_can_be_reached),
    Rule("R06", "doubt", "37(1)(a), 13(1)(b)", a_public_body_names_its_dpo),
    Rule("R07", "fault", "26(1), 30(1)(a)", a_joint_controller_says_with_whom),
    Rule("R08", "fault", "28(2), 28(4)", a_processor_engages_sub_processors),
    Rule("R09", "doubt", "28(2), 15(1)(c)", a_processor_has_a_name),
    Rule("R10", "doubt", "6(1) second subparagraph", a_public_body_has_no_legitimate_interest),
    Rule("R11", "fault", "13(1)(d)", an_interest_is_named),
    Rule("R12", "doubt", "6(3)", a_public_task_has_a_law),
    Rule("R13", "doubt", "21(4)", who_may_object_is_told),
    Rule("R14", "doubt", "9(1), 9(2)", special_data_have_a_condition),
    Rule("R31", "doubt", "6(1)(b)", a_contract_is_named),
    Rule("R38", "fault", "21(2), 5(1)(b)", who_is_approached_can_say_no),
)
