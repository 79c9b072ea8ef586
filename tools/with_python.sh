#!/usr/bin/env bash
# with_python.sh VERSION EXTRA-REQUIREMENT TESTS...: runs tests in an environment of their own under build/.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
version=$1 extra=$2
shift 2
python=$(.tools/bin/uv python find "$version" 2>/dev/null ||
  ls -d "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$python" ]; then
  echo "Python $version is not on this machine: left out"
  exit 0
fi
echo "Python $version${extra:+, $extra}: $python"
env="build/env-$version${extra:+-${extra//[^a-z0-9.]/-}}"
UV_PROJECT_ENVIRONMENT=$env .tools/bin/uv sync --quiet --frozen --extra central --python "$python"
[ -z "$extra" ] || .tools/bin/uv pip install --quiet --python "$env/bin/python" "$extra"
"$env/bin/python" -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
