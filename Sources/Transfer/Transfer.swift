// HTTP over libcurl, as async Swift.
import CCurl
