"""A register far larger than any that is known: so many activities, with so many kinds of data between them, and no fault."""

from balie.register.linting.how_long import ONE_PURPOSE
from balie.register.words import catalogue

HEAD = """\
format: 1
desk: {desk}
number: LG-1
name: A register of very many activities
organisation: Example Ministry
languages: [en]
review: 2099-11-01
controller: {{name: Example Ministry, country: NL, email: privacy@large.test}}
terms:
  handled: {{keep: 2 years after ticket.closed, why: So long somebody may come back to it.}}
  mail-as-sent: {{keep: 72 hours after item.collected, why: So long it can be processed again.}}
  employed: {{keep: when account.closed, why: As long as somebody works here.}}
  records: {{keep: 1 year after item.collected, why: So long we must be able to show what was done.}}
recipients:
  desk-staff: {{who: Staff who handle the ticket, kind: staff}}
activities:
  agents:
    name: Accounts of staff
    purposes: {{work: {{what: Letting staff work., basis: contract, because: The contract of employment.}}}}
    in: [account]
    keep: employed
    people:
      staff: {{who: Staff, kind: employee, required: [name, email, sign-in-secret], allowed: [network-address],
              details: {{network-address: {{keep: records}}}}}}
  evidence:
    name: Evidence
    purposes: {{account-for: {{what: Showing what was done., basis: legal-obligation, because: GDPR 5(2).}}}}
    in: [account, ticket]
    keep: records
    people:
      staff: {{who: Staff, kind: employee, required: [act-record, look-record]}}
      concerned: {{who: Whoever is in a ticket, kind: citizen, required: [act-record, look-record]}}
"""

ACTIVITY = """\
  service-{number}:
    name: Service number {number}
    purposes:
      handle: {{what: Handling questions about service {number}., basis: contract, because: The contract with the customer.}}
      improve: {{what: Making service {number} better., basis: contract, because: The contract with the customer.}}
    keep: handled
    source: [person, staff]
    share:
      - {{with: desk-staff, per: standing}}
    people:
"""

GROUP = """\
      {name}:
        who: People of kind {name} of service {number}
        kind: user
        required: [message]
        usual: [{usual}]
        allowed: [{allowed}]
        details:
          raw-message: {{keep: mail-as-sent, source: [person]}}
"""

SETTINGS = """\
format: 1
desk: {desk}
languages: [en]
services:
  first: {{name: The first service, activity: service-0}}
teams:
  everyone: {{name: Everyone, covers: [{covers}]}}
intake: {{doors: [mail], open-to: anyone, first-ticket: no-profile}}
mail: {{address: desk@large.test}}
"""

GROUPS = 2
_OWN = {"message", "raw-message", "act-record", "look-record", "sign-in-secret", "network-address"}


def texts(activities: int, items: int, *, desk: str = "large") -> tuple[str, str]:
    """A register with so many activities and items (about), and its settings."""
    each = max(4, round(items / activities / GROUPS))
    words = [word for word in catalogue() if word not in _OWN and _plain(word)][: each - 2]
    half = len(words) // 2
    names = {"usual": ", ".join(words[:half]), "allowed": ", ".join([*words[half:], "raw-message"])}
    parts = [HEAD.format(desk=desk)]
    for number in range(activities):
        parts.append(ACTIVITY.format(number=number))
        parts += [GROUP.format(name=f"group-{one}", number=number, **names) for one in range(GROUPS)]
    covers = ", ".join(["agents", "evidence", *(f"service-{number}" for number in range(min(activities, 400)))])
    return "".join(parts), SETTINGS.format(desk=desk, covers=covers)


def _plain(word: str) -> bool:
    """Kinds of data that need no condition and no term of their own."""
    return not catalogue()[word].special and word not in ONE_PURPOSE
