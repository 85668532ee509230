"""`mentorlog key add-recipient`."""

from mentorlog.commands import options as opt
from mentorlog.flows import keys as flow


def run(ctx: opt.Context, recipient: str = opt.argument("RECIPIENT", "Public key of age: age1…")) -> None:
    """Let a second key decrypt the remote, for recovery.

    It may be the key of somebody whom you trust, or one of your own in a safe place. From the next sync on, its owner
    can decrypt all records on the remote, but cannot change them unnoticed.

    Example: mentorlog key add-recipient "$(age-keygen -y key.txt)"
    """
    flow.add_recipient(ctx.obj, recipient)
