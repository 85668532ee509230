# Completion of mentorlog for fish.
function __mentorlog_complete
    set -l lines (env _MENTORLOG_COMPLETE=fish mentorlog (commandline -cp | string collect) 2>/dev/null)
    set -l token (commandline -ct)
    set -l before (string match -r -- '^--[^=]*=' $token)
    set -l path (string replace -r -- '^--[^=]*=' '' $token)
    switch "$lines[1]"
        case files
            printf "$before%s\n" (__fish_complete_path $path)
        case folders
            printf "$before%s\n" (__fish_complete_directories $path)
        case '*'
            printf '%s\n' $lines[2..-1]
    end
end
complete -c mentorlog -f -k -a '(__mentorlog_complete)'
