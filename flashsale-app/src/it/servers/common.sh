# Sourced by the scripts beside it.
set -euo pipefail
: "${FLASHSALE_TEST_DATABASE_URL:?names the server, such as jdbc:mysql://127.0.0.1:3306/}"
root=$(git -C "$here" rev-parse --show-toplevel)
folder=$root/flashsale-app/target/servers
mkdir -p "$folder"

# Prints where the runnable jar of a revision is, built once.
jar_of() {
  local commit jar tree
  commit=$(git -C "$root" rev-parse --verify "$1^{commit}")
  jar=$folder/$commit.jar
  if [ ! -f "$jar" ]; then
    tree=$folder/tree
    git -C "$root" worktree add --force --detach "$tree" "$commit" >&2
    (cd "$tree" && mvn -B -ntp -q -pl flashsale-app -am -DskipTests -Dspotless.check.skip package) >&2 || {
      git -C "$root" worktree remove --force "$tree"
      exit 1
    }
    cp "$tree/flashsale-app/target/flashsale-app.jar" "$jar"
    git -C "$root" worktree remove --force "$tree"
  fi
  echo "$jar"
}

# run_class CLASS JAR ARGUMENT…: with the driver that the jar has
run_class() {
  (cd "$folder" && unzip -qoj "$2" 'BOOT-INF/lib/mysql-connector-j-*.jar')
  javac -d "$folder/classes" "$here"/*.java
  java -cp "$folder/classes:$(echo "$folder"/mysql-connector-j-*.jar)" "$1" "$folder" "${@:3}"
}
