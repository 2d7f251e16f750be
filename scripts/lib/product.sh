# shellcheck shell=bash
# Builds what the launchers in bin/ and the programs of the examples need, and knows whether that is as the sources say.
# Sourced in the root of the checkout, never run.

product_stamp=target/built

# Whether nothing has changed since the last build. A file that was added or removed shows in its folder's time.
product_is_built() {
  [ -e "$product_stamp" ] && [ -e builder/target/base/db-artifact-base.tar ] && [ -d local-engine/target/lib ] &&
    compgen -G 'examples/target/examples-*.jar' >/dev/null &&
    [ -z "$(find pom.xml .mvn bin ./*/pom.xml ./*/src/main -newer "$product_stamp" -print -quit)" ]
}

build_product() {
  local begin
  mkdir -p "${product_stamp%/*}"
  begin=$(mktemp "$product_stamp.XXXXXX")
  # With the time of the beginning, so that what is edited meanwhile is newer.
  if ./mvnw -B -ntp -q package -DskipTests -Dspotless.check.skip; then
    mv "$begin" "$product_stamp"
  else
    rm -f "$begin"
    return 1
  fi
}
