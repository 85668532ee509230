"""What git and ssh print of a remote, as a sentence of ours."""

from __future__ import annotations

import pytest

from mentorlog.store.sync.address import address
from mentorlog.store.sync.git import Answer
from mentorlog.store.sync.refusals import is_overtaken, printed, refusal

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
        "fatal: the receiving end does not support this repository's hash algorithm\n"
        "fatal: the remote end hung up unexpectedly",
        "The repository uses sha256 names, which mentorlog does not know.",
        "use a repository made by: git init --bare",
    ),
    (
        "remote: fatal: write error: No space left on device\nfatal: the remote end hung up unexpectedly",
        "The disk of git.example.org is full.",
        "free some space",
    ),
    (
        "fatal: ref updates aborted by hook\nsend-pack: unexpected disconnect while reading sideband packet\n"
        "fatal: the remote end hung up unexpectedly",
        "A hook of git.example.org refused the branch mentorlog.",
        "ask whoever runs git.example.org",
    ),
    (
        "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\n"
        "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly",
        "What was sent is larger than git.example.org allows.",
        "ask whoever runs git.example.org",
    ),
    (
        f"Timeout, server git.example.org not responding.\n{LOST}",
        "Cannot reach git.example.org: it does not answer.",
        "continue offline",
    ),
    (
        f"Connection timed out during banner exchange\n{LOST}",
        "Cannot reach git.example.org: it does not answer.",
        "continue offline",
    ),
    (
        f"Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: ssh-rsa\n{LOST}",
        "git and git.example.org do not agree on a secure connection.",
        "ask whoever runs git.example.org",
    ),
    (
        f"FATAL: W any journal blackwell DENIED by fallthru\n(or you mis-spelled the reponame)\n{LOST}",
        "You may not use the repository at git.example.org.",
        "check the address of the remote",
    ),
    (
        f"bash: line 1: git-upload-pack: command not found\n{LOST}",
        "git is not installed at git.example.org.",
        "ask whoever runs git.example.org",
    ),
    (
        f"zsh:1: command not found: git-receive-pack\n{LOST}",
        "git is not installed at git.example.org.",
        "ask whoever runs git.example.org",
    ),
    (
        f"Bad owner or permissions on /home/blackwell/.ssh/config\n{LOST}",
        "ssh cannot use its configuration.",
        "to see what is wrong in it: ssh git.example.org",
    ),
    (
        "fatal: unable to access 'x': gnutls_handshake() failed: The TLS connection was non-properly terminated.",
        "git.example.org closed the connection.",
        "continue offline",
    ),
    (
        "fatal: unable to access 'x': OpenSSL/3.0.19: error:0A000102:SSL routines::unsupported protocol",
        "git and git.example.org do not agree on a secure connection.",
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

# What the host prints, the reason that git gives for the branch, the sentence, and how its hint begins.
REJECTED = [
    (
        "remote: fatal: write error: No space left on device\n"
        "error: remote unpack failed: unpack-objects abnormal exit",
        "unpacker error",
        "The disk of git.example.org is full.",
        "free some space",
    ),
    (
        "",
        "branch is currently checked out",
        "The branch mentorlog is checked out in git.example.org.",
        "check out another branch there",
    ),
    (
        "remote: no",
        "pre-receive hook declined",
        "A hook of git.example.org refused the branch mentorlog.",
        "ask whoever runs git.example.org",
    ),
    (
        "remote: error: GH006: Protected branch update failed for refs/heads/mentorlog.",
        "protected branch hook declined",
        "The branch mentorlog is protected at git.example.org.",
        "let your account write to this branch",
    ),
    (
        "remote: GitLab: You are not allowed to push code to protected branches on this project.",
        "pre-receive hook declined",
        "The branch mentorlog is protected at git.example.org.",
        "let your account write to this branch",
    ),
    (
        "remote: error: GH013: Repository rule violations found for refs/heads/mentorlog.",
        "push declined due to repository rule violations",
        "The branch mentorlog is protected at git.example.org.",
        "let your account write to this branch",
    ),
    (
        "remote: fatal: pack exceeds maximum allowed size\nerror: remote unpack failed: unpack-objects abnormal exit",
        "unpacker error",
        "What was sent is larger than git.example.org allows.",
        "ask whoever runs git.example.org",
    ),
    (
        "remote: error: GH001: Large files detected.\n"
        "remote: error: File x is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB",
        "pre-receive hook declined",
        "What was sent is larger than git.example.org allows.",
        "ask whoever runs git.example.org",
    ),
    (
        "",
        "deny updating a hidden ref",
        "git.example.org does not accept a branch named mentorlog.",
        "ask whoever runs git.example.org",
    ),
    (
        "",
        "non-fast-forward updates are denied by receive.denyNonFastForwards",
        "git.example.org does not let the branch mentorlog be replaced.",
        "allow that there for this command",
    ),
    (
        "remote: error: cannot lock ref 'refs/heads/mentorlog': 'refs/heads/mentorlog/x' exists; "
        "cannot create 'refs/heads/mentorlog'",
        "failed to update ref",
        "A branch at git.example.org has a name that begins with mentorlog/: no branch mentorlog can be beside it.",
        "rename or delete that branch",
    ),
    (
        "error: remote unpack failed: unable to create temporary object directory",
        "unpacker error",
        "git.example.org does not let you write to this repository.",
        "ask whoever runs git.example.org",
    ),
    (
        "remote: error: cannot lock ref 'refs/heads/mentorlog': Unable to create '/j/m.lock': Permission denied",
        "failed to update ref",
        "git.example.org does not let you write to this repository.",
        "ask whoever runs git.example.org",
    ),
    ("", "we do not like it", "git.example.org refused the branch mentorlog.", "ask whoever runs git.example.org"),
]

# What another machine that was faster makes git say of the branch, and the host print.
OVERTAKEN = [
    ("", "[rejected] (fetch first)"),
    ("", "[rejected] (stale info)"),
    ("", "[remote rejected] (failed to update ref)"),
    ("", f"[remote rejected] (cannot lock ref 'refs/heads/mentorlog': is at {'1' * 40} but expected {'2' * 40})"),
    (
        "remote: error: cannot lock ref 'refs/heads/mentorlog': reference already exists",
        "[remote rejected] (failed to lock)",
    ),
]

# What a host may print before anything else, or a hook of it: none of it is a reason.
SMALL_TALK = (
    "WARNING: Unauthorized access is prohibited, and read-only. Sessions have a timeout. TLS certificates are checked.",
    "remote: [rejected] the message has no ticket number; see https://tls.example.org/certificate",
    "remote: waiting for the review has timed out; unexpected, invalid: failed to update ref",
)


@pytest.mark.parametrize("sends", [False, True])
def test_each_reason_has_a_sentence(sends: bool) -> None:
    """Nothing of what git or ssh print is shown, and the words of the address are no reason."""
    remote = address(URL)
    for said, sentence, hint in SAID:
        found = refusal(remote, Answer(128, "", f"{SMALL_TALK[0]}\n{said}"), sends=sends)

        assert found is not None, said
        assert (found.sentence, (found.hint or "")[: len(hint)]) == (sentence, hint)
        assert "blackwell" not in f"{found.sentence}{found.hint}"
        assert "blackwell@" not in printed(remote, Answer(128, "", f"{URL}\nblackwell@git.example.org:j\n{said}"))
    nothing = Answer(128, "", f"Something else about {URL} of git.example.org\n")
    assert refusal(remote, nothing, sends=sends) is None


def test_each_reason_to_reject_the_branch_has_a_sentence() -> None:
    """It is a reason that git gives or a host is known for, not just any word of a banner or a hook."""
    remote = address(URL)
    for said, reason, sentence, hint in REJECTED:
        answer = _answer("\n".join([*SMALL_TALK, said]), f"[remote rejected] ({reason})")
        found = refusal(remote, answer, sends=True)

        assert found is not None
        assert (found.sentence, (found.hint or "")[: len(hint)]) == (sentence, hint)
        assert not is_overtaken(remote, answer)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("fatal: sha1 file '/s/objects/pack/tmp_idx_x' write error. Out of diskspace", ": the disk is full"),
        ("fatal: unable to write loose object file: No space left on device", ": the disk is full"),
        ("error: cannot update ref 'refs/remote/mentorlog': couldn't write '/s/refs/remote/mentorlog.lock'", ""),
        ("fatal: Unable to create temporary file '/s/objects/pack/tmp_pack_XX': Permission denied", ""),
        ("error: cannot open '/s/FETCH_HEAD': Read-only file system", ""),
    ],
)
@pytest.mark.parametrize("after", ["", "fatal: fetch-pack: invalid index-pack output", LOST])
def test_what_came_cannot_be_saved(said: str, why: str, after: str) -> None:
    """The disk of this machine is the reason, not the remote: git says nothing of it, or says it in other words."""
    found = refusal(address(URL), Answer(128, "", f"{SMALL_TALK[0]}\n{said}\n{after}"), sends=False)

    assert found is not None and found.sentence == f"Cannot save what came from the remote{why}."


@pytest.mark.parametrize(("said", "verdict"), OVERTAKEN)
def test_another_machine_was_faster(said: str, verdict: str) -> None:
    """Only then is it tried again, which a host that refuses the branch would not change."""
    assert is_overtaken(address(URL), _answer(said, verdict))
    assert not is_overtaken(address(URL), Answer(128, "", f"{said}\n{LOST}"))


def _answer(said: str, verdict: str) -> Answer:
    """What git prints, with `push --porcelain`, of a branch that did not arrive."""
    failed = "error: failed to push some refs to 'git.example.org:/tls-timeout/journal.git'"
    return Answer(
        1, f"To git.example.org:x\n!\t{'1' * 40}:refs/heads/mentorlog\t{verdict}\nDone\n", f"{said}\n{failed}\n"
    )
