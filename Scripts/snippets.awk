# Writes the ```swift blocks of one file as functions of a client, for Scripts/snippets.sh.
#
# Variables: name (the file as it stands in messages), out (a prefix of files to write), article (1 if a block continues those
# before it), number (of the function); from the environment: surroundings (declarations for the blocks of this file).
# Prints one line for each block: its kind and where it stands.

function place() { return name ":" start }

function flush_function(  text) {
  if (count == 0) return
  file = out ".swift"
  printf "%sfunc snippets_%s() async throws {\n%s%s", imports, number, surroundings, body > file
  while (depth-- > 0) print "}" > file
  print "}" > file
  close(file)
}

function finish(  first, rest) {
  first = lines[1]
  if (first ~ /^\/\/ Package\.swift/) { print "manifest " place(); return }
  if (first ~ /^\/\/ main\.swift/) {
    file = out "-" start ".main"
    print "import Adjoint" > file
    printf "#sourceLocation(file: \"%s\", line: %d)\n", name, start + 1 > file
    for (i = 1; i <= n; i++) print lines[i] > file
    close(file)
    print "main " place()
    return
  }
  if (first ~ /^\/\/ Does not compile: /) {
    file = out "-" start ".wrong"
    rest = first
    sub(/^\/\/ Does not compile: /, "", rest)
    print "// " rest > file
    printf "%sfunc wrong() async throws {\n%s%s", imports, surroundings, (article ? body : "") > file
    printf "do {\n" > file
    for (i = 2; i <= n; i++) print lines[i] > file
    for (i = 0; i <= (article ? depth : 0); i++) print "}" > file
    print "}" > file
    close(file)
    print "wrong " place()
    return
  }
  body = body "do {\n" "#sourceLocation(file: \"" name "\", line: " (start + 1) ")\n"
  for (i = 1; i <= n; i++) {
    if (lines[i] ~ /^ *import /) { imports = imports lines[i] "\n"; body = body "\n" }
    else body = body lines[i] "\n"
  }
  body = body "#sourceLocation()\n"
  # The next block of an article is inside this one's braces: it sees what was declared here and may declare it anew.
  if (article) depth++
  else body = body "}\n"
  count++
  print "compiled " place()
}

BEGIN { surroundings = ENVIRON["surroundings"]; imports = "import Adjoint\n"; inside = 0; count = 0; depth = 0; body = "" }

{
  line = $0
  if (name ~ /\.swift$/) {
    if (line !~ /^ *\/\/\//) { if (inside) { print "open " place(); inside = 0 }; next }
    sub(/^ *\/\/\/ ?/, "", line)
  }
}
inside && line ~ /^ *```/ { inside = 0; finish(); next }
inside { lines[++n] = line; next }
line ~ /^ *```swift *$/ { inside = 1; n = 0; start = NR; next }
line ~ /^ *```swift/ { start = NR; print "unknown " place(); next }

END {
  if (inside) print "open " place()
  flush_function()
}
