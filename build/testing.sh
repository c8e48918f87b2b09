# shellcheck shell=bash
# shellcheck disable=SC2154  # root and state are set by ./seas
# Sourced by ./seas: runs every test and counts them from the result files.

# What --fast leaves out: namespaces and classes below SEAS.Tests that need a browser or a started process, train a run, or take long.
slow_tests=(
  Browser Journeys Lab Serving
  # started processes
  Commands.BenchPeerTests Commands.EvalCommandTests Commands.ForeignTextTests Commands.ProgramTests Commands.ScriptTests
  Datasets.Export.ForeignReaderTests Datasets.Export.FullDiskTests Datasets.Export.KilledFreezeTests Datasets.Export.ReadOnlyFolderTests
  Datasets.Import.Hostile.FullDiskImportTests
  Engine.Torch.LoadingOrderTests Engine.Torch.LoadingTests
  ModelFiles.LlamaCppReadsTests
  Review.KilledLabellersTests
  Storage.KilledProcessTests
  Text.Templates.ReferenceTemplateTests Text.Tokenizers.CompositionTests Text.Tokenizers.ReferenceTokenizerTests
  Web.HubTests
  # runs and trainings
  Commands.LeaveForLabelsTests
  Endpoints.OfflineTests Endpoints.RemoteRunTests Endpoints.SecretTests
  Hosting.TrainingServiceTests
  Lineage.LineageReaderTests Lineage.ReplayTests Lineage.RestoredRunTests
  Review.MovedThresholdTests Review.ReviewedRunTests Review.ReviewStudyTests Review.WaitingRunTests
  Runs.DamagedCheckpointTests Runs.DamagedResumeTests
  Runs.AdaptedRunTests Runs.EvaluationSetTests Runs.OutsideRunTests Runs.FrozenRunTests Runs.SeasLoopTests Runs.SharedBaseTests
  Web.Lineage
  World.GuardOnHardConversationsTests World.WorldTrainingTests
  # many rows or many inputs
  Endpoints.GarbageTests Web.DatasetDownloadTests Web.Review.ReviewServerTests
  Datasets.Import.Fuzzing Datasets.Import.Hostile.HostileImportTests Datasets.Import.Staging.LargeSetGroupTests
  ModelFiles.FolderFuzzTests
  Review.LargeQueueTests
)

fast_filter() { # what dotnet test is asked for by --fast
  local terms
  terms=$(printf '&FullyQualifiedName!~SEAS.Tests.%s.' "${slow_tests[@]}")
  printf '%s' "${terms#&}"
}

tests_sources() { # like sources, for the test project
  (cd "$root" && find SEAS.Tests SEAS.sln \( -name bin -o -name obj -o -name node_modules \) -prune \
    -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum)
}

install_npm() { # the hub is tried with npm's SignalR client; only tests need it
  local folder=$root/SEAS.Tests
  [ -f "$folder/package.json" ] || return 0
  [ ! "$folder/node_modules" -nt "$folder/package.json" ] || return 0
  say "installing the tests' npm packages"
  if ! (cd "$folder" && npm ci --no-audit --no-fund --no-progress) >"$state/npm.log" 2>&1 </dev/null; then
    tail -n 10 "$state/npm.log" >&2
    say "npm could not install them; the tests that need them are skipped. By hand:  (cd SEAS.Tests && npm ci)"
    return 0
  fi
  touch "$folder/node_modules"
}

outcomes() { # results folder, outcome pattern: how many results of that kind all result files hold
  find "$1" -name '*.trx' -exec cat {} + | { grep -oE '<UnitTestResult [^>]*>' || true; } |
    { grep -cE "outcome=\"($2)\"" || true; }
}

failing_names() { # results folder
  find "$1" -name '*.trx' -exec cat {} + | { grep -oE '<UnitTestResult [^>]*>' || true; } |
    { grep -vE 'outcome="(Passed|NotExecuted)"' || true; } |
    sed -E 's/.*testName="([^"]*)".*/\1/; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | sort
}

install_for_tests() { # fast or not: a browser and the tests' npm packages are for the slow ones
  if "$1"; then install_packages run; else install_packages test && install_npm; fi
}

run_tests() { # --fast, and arguments for dotnet test
  local arguments=() asked=$* fast=false filter="" code=0 results passed failed skipped
  while [ $# -gt 0 ]; do
    case $1 in
      --fast) fast=true ;;
      --filter) [ $# -gt 1 ] || fail "--filter needs a name, for example:  ./seas test --filter Commands"
                filter=$2; shift ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  if $fast; then filter=${filter:+($filter)&}$(fast_filter); fi
  [ -z "$filter" ] || arguments+=(--filter "$filter")
  results=$root/TestResults/$(date -u +%Y%m%d-%H%M%S)-$$
  require_dotnet
  mkdir -p "$state" "$results"
  exec 9>"$state/lock"
  flock 9
  # What goes wrong here says so itself; the last line is the same in every case.
  if ! (install_for_tests "$fast" && build all SEAS.sln); then
    echo "0 passed, 0 failed, 0 skipped"
    exit 1
  fi
  exec 9>&-

  (cd "$root" && timeout --kill-after=30 "${SEAS_TEST_TIMEOUT:-27m}" dotnet test SEAS.sln -c Release --no-build --nologo -v q \
    --logger trx --results-directory "$results" "${arguments[@]}" </dev/null) || code=$?

  passed=$(outcomes "$results" Passed)
  skipped=$(outcomes "$results" NotExecuted)
  failed=$(($(outcomes "$results" '[A-Za-z]+') - passed - skipped))
  failing_names "$results" | sed 's/^/FAILED  /'
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then
    echo "FAILED  the test run itself: it ended with code $code before all tests had reported (124 means: out of time)"
    failed=1
  fi
  [ "$passed" != 0 ] || [ "$failed" != 0 ] || echo "No test ran${asked:+ with: $asked}"
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}
