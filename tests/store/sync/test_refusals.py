"""What git and ssh print of a remote, as a sentence of ours."""

from __future__ import annotations

import pytest

from mentorlog.store.sync.address import address
from mentorlog.store.sync.git import Answer
from mentorlog.store.sync.refusals import refusal

URL = "ssh://blackwell@git.example.org/tls-timeout/journal.git"
LOST = "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\n"

# What is printed (the real words of git 2.39 and OpenSSH 9), the sentence, and how its hint begins.
SAID = [
    (
        f"ssh: Could not resolve hostname git.example.org: Name or service not known\n{LOST}",
        "Cannot reach git.example.org: the host is not known.",
        "continue offline",
    ),
    (
        "fatal: unable to access 'https://git.example.org/j.git/': Could not resolve host: git.example.org",
        "Cannot reach git.example.org: the host is not known.",
        "continue offline",
    ),
    (
        f"ssh: connect to host git.example.org port 22: Network is unreachable\n{LOST}",
        "Cannot reach git.example.org: there is no network.",
        "continue offline",
    ),
    (
        f"ssh: connect to host git.example.org port 22: Connection refused\n{LOST}",
        "Cannot reach git.example.org: the connection was refused.",
        "continue offline",
    ),
    (
        f"ssh: connect to host git.example.org port 22: Connection timed out\n{LOST}",
        "Cannot reach git.example.org: it does not answer.",
        "continue offline",
    ),
    (
        "fatal: unable to access 'https://git.example.org/': Failed to connect to git.example.org port 443 after 3 ms",
        "Cannot reach git.example.org: it does not answer.",
        "continue offline",
    ),
    (
        "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.\n" + LOST,
        "The host key of git.example.org has changed, which may be an attack.",
        "ask whoever runs git.example.org",
    ),
    (
        "No ED25519 host key is known for git.example.org and you have requested strict checking.\n"
        f"Host key verification failed.\n{LOST}",
        "ssh does not know the host key of git.example.org.",
        "connect once, and compare the key: ssh git.example.org",
    ),
    (
        f"blackwell@git.example.org: Permission denied (publickey,password).\n{LOST}",
        "git.example.org refused your ssh key.",
        "add your key to the agent",
    ),
    (
        "fatal: could not read Username for 'https://git.example.org': terminal prompts disabled",
        "git.example.org refused the login.",
        "log in through a credential helper",
    ),
    (
        "remote: HTTP Basic: Access denied.\nfatal: Authentication failed for 'https://git.example.org/j.git/'",
        "git.example.org refused the login.",
        "log in through a credential helper",
    ),
    (
        "remote: Write access to repository not granted.\n"
        "fatal: unable to access 'x': The requested URL returned error: 403",
        "git.example.org does not let you write to this repository.",
        "ask whoever runs git.example.org",
    ),
    (
        "fatal: unable to access 'https://git.example.org/': SSL certificate problem: self-signed certificate",
        "The certificate of git.example.org is not valid.",
        "ask whoever runs git.example.org",
    ),
    (
        f"ERROR: Repository not found.\n{LOST}",
        "There is no git repository at git.example.org.",
        "check the address of the remote",
    ),
    (
        f"fatal: '/tls-timeout/journal.git' does not appear to be a git repository\n{LOST}",
        "There is no git repository at git.example.org.",
        "check the address of the remote",
    ),
    (
        "remote: Not Found\nfatal: repository 'https://git.example.org/j.git/' not found",
        "There is no git repository at git.example.org.",
        "check the address of the remote",
    ),
    (
        "fatal: detected dubious ownership in repository at '/srv/j.git'\n",
        "git does not trust git.example.org: it belongs to another user.",
        "if you trust it: git config --global --add safe.directory",
    ),
    (
        f"error: cannot run ssh: No such file or directory\nfatal: unable to fork\n{LOST}",
        "git cannot start the program for this address.",
        "install ssh",
    ),
    (
        "git: 'remote-https' is not a git command.\nfatal: unable to find remote helper for 'https'",
        "git cannot start the program for this address.",
        "install ssh",
    ),
    (
        "fatal: transport 'git' not allowed",
        "Your git configuration turns the address into one over which mentorlog does not sync.",
        "look for insteadOf: git config --get-regexp url",
    ),
    (
        "fatal: mismatched algorithms: client sha1; server sha256",
        "The repository uses sha256 names, which mentorlog does not know.",
        "use a repository made by: git init --bare",
    ),
    (
        "remote: fatal: write error: No space left on device\n"
        "error: remote unpack failed: unpack-objects abnormal exit",
        "The disk of git.example.org is full.",
        "free some space",
    ),
    (
        "!\tx:refs/heads/mentorlog\t[remote rejected] (branch is currently checked out)",
        "The branch mentorlog is checked out in git.example.org.",
        "check out another branch there",
    ),
    (
        "!\tx:refs/heads/mentorlog\t[remote rejected] (pre-receive hook declined)",
        "A hook of git.example.org refused the branch mentorlog.",
        "ask whoever runs git.example.org",
    ),
    (
        "remote: error: GH006: Protected branch update failed for refs/heads/mentorlog.\n"
        "!\tx:refs/heads/mentorlog\t[remote rejected] (protected branch hook declined)",
        "A hook of git.example.org refused the branch mentorlog.",
        "ask whoever runs git.example.org",
    ),
    (
        "!\tx:refs/heads/mentorlog\t[remote rejected] "
        "(push declined due to repository rule violations: file size limit)",
        "git.example.org does not accept the branch mentorlog.",
        "ask whoever runs git.example.org",
    ),
    (
        "!\tx:refs/heads/mentorlog\t[remote rejected] "
        "(non-fast-forward updates are denied by receive.denyNonFastForwards)",
        "git.example.org does not let the branch mentorlog be replaced.",
        "ask whoever runs git.example.org",
    ),
    (
        "error: object 1234: hasDotdot: contains '..'\nfatal: fsck error in packed object\nfatal: fetch-pack: invalid",
        "The branch mentorlog of git.example.org holds files that git refuses as unsafe.",
        "delete the branch there",
    ),
    (
        "fatal: protocol error: bad line length character: hell",
        "git.example.org answers what git does not understand.",
        "check the address of the remote",
    ),
    (
        f"kex_exchange_identification: read: Connection reset by peer\n{LOST}",
        "git.example.org closed the connection.",
        "continue offline",
    ),
]


@pytest.mark.parametrize("sends", [False, True])
def test_each_reason_has_a_sentence(sends: bool) -> None:
    """Nothing of what git or ssh print is shown, and the words of the address are no reason."""
    remote = address(URL)
    for said, sentence, hint in SAID:
        found = refusal(remote, Answer(128, "", said.replace("x:refs", f"{'1' * 40}:refs")), sends=sends)

        assert found is not None, said
        assert (found.sentence, (found.hint or "")[: len(hint)]) == (sentence, hint)
        assert "blackwell" not in f"{found.sentence}{found.hint}"
    nothing = Answer(128, "", f"Something else about {URL} of git.example.org\n")
    assert refusal(remote, nothing, sends=sends) is None
