#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string_view>

namespace attune::cli {

/// Writes on standard error what finds room there at once. A terminal that was stopped, a connection that
/// hangs and a program that does not read hold up nobody: what finds no room is left out, and the next that
/// does says how much that was. Any thread; never waits.
void say_at_once(std::string_view text);

/// A log that is written so, in the colours that spdlog gives to a terminal's.
[[nodiscard]] std::shared_ptr<spdlog::logger> log_that_never_waits();

}  // namespace attune::cli
