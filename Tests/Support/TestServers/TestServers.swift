// Servers that tests start for themselves.
import TestFiles
