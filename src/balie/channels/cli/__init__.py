"""The command line: an administrator's door. It shows numbers, states and handles, and never what anybody wrote or is called."""

from balie.channels.cli import (
    asking,
    desks,
    doctor,
    evidence,
    index,
    mail,
    phone,
    proof,
    recognise,
    register,
    retention,
    staff,
    tickets,
    why,
)


def add_commands(commands: asking.Commands) -> None:
    """Every command of this door, in the order in which `balie --help` lists them."""
    for part in (
        tickets,
        mail,
        recognise,
        why,
        retention,
        proof,
        evidence,
        register,
        desks,
        staff,
        phone,
        index,
        doctor,
    ):
        part.add_commands(commands)
