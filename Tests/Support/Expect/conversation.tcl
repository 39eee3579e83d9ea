# What all scripts have in common: a conversation with `sluice --plain` on a terminal of its own.
#
# usage: expect SCRIPT TRANSCRIPT SLUICE ARGUMENT...
# The environment has the answers that differ from test to test. Ends with the exit status of sluice, or with 91 where
# what was waited for did not come, and 92 where sluice ended before it.

set timeout 180
log_user 0
log_file -noappend -a [lindex $argv 0]
# Not as wide as the paths of tests: nothing that is waited for is broken between lines.
set stty_init "columns 1000 rows 24"
match_max 1000000

proc begin {} {
    global argv spawn_id
    spawn -noecho {*}[lrange $argv 1 end]
}

# Waits for a text, as it is.
proc hear {text} {
    expect {
        -ex $text {}
        timeout { puts stderr "waited in vain for: $text"; exit 91 }
        eof { puts stderr "ended before: $text"; exit 92 }
    }
}

# Waits for a question, and answers it.
proc answer {question text} {
    hear $question
    send -- "$text\r"
}

# Waits for the end, and ends as sluice did.
proc finish {} {
    expect {
        eof {}
        timeout { puts stderr "did not end"; exit 91 }
    }
    exit [lindex [wait] 3]
}
