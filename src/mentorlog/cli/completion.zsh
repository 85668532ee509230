#compdef mentorlog
# Completion of mentorlog for zsh.
_mentorlog() {
    local line
    local -a lines values shown
    lines=("${(@f)$(_MENTORLOG_COMPLETE=zsh COLUMNS=$COLUMNS \
        mentorlog "${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" 2>/dev/null)}")
    for line in "${(@)lines[2,-1]}"; do
        values+=("${line%%$'\t'*}")
        shown+=("${line#*$'\t'}")
    done
    case $lines[1] in
        files) _files ;;
        folders) _files -/ ;;
        nospace) compadd -U -S '' -a values ;;
        replace)
            compadd -U -l -V records -d shown -a values
            (( $#values > 1 )) && compstate[insert]=menu ;;
        words) compadd -U -l -V words -d shown -a values ;;
    esac
}
if [[ $funcstack[1] == _mentorlog ]]; then
    _mentorlog "$@"
else
    compdef _mentorlog mentorlog
fi
