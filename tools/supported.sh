# shellcheck shell=sh
# For other scripts to source in the course's folder. Sets oldest and newest, such as 11 and 15: the Pythons 3.x that
# the course takes, read from pyproject.toml, the one place where they stand. Needs no program, as PATH may have none.
while read -r key _ range; do
    [ "$key" != requires-python ] || break
done < pyproject.toml
oldest=${range#'">=3.'}
oldest=${oldest%%,*}
newest=${range#*',<3.'}
# The bound is the first version that is refused.
newest=$((${newest%'"'} - 1))
