# Completion of mentorlog for bash.
_mentorlog() {
    local line kind=""
    COMPREPLY=()
    while IFS= read -r line; do
        if [ -z "$kind" ]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(_MENTORLOG_COMPLETE=bash COMP_TYPE="$COMP_TYPE" COMP_WORDBREAKS="$COMP_WORDBREAKS" COLUMNS="$COLUMNS" \
        mentorlog "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames -o filenames 2>/dev/null ;;
        nospace) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -o nosort -F _mentorlog mentorlog 2>/dev/null || complete -F _mentorlog mentorlog
