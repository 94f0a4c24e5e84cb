#pragma once

namespace attune::cli {

/// Parses the command line, runs one sub-command and returns the exit status: 0 done, 1 a check or a device
/// failed, 2 bad input or usage.
int run(int argc, char** argv);

}  // namespace attune::cli
