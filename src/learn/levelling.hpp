#pragma once

#include "attune/core/result.hpp"
#include "learn/lessons.hpp"

namespace attune::learn {

/// A line through a network's answers.
struct Level {
  double factor = 1.0, shift = 0.0;
};

/// What brings a network's answers to the size that the lesson's validation people bear out: least squares of
/// label on answer within each set, the factor within 0..1 and shrunk by its own uncertainty over people
/// (f³/(f² + var f)). The answers' mean over the training people stays at their labels': there are more of
/// them, and a mean is hardly learnt by heart. A network that learnt its own people by heart
/// spreads its answers too far over others; one that learnt nothing becomes the constant that it is worth.
[[nodiscard]] Level level_of(const Lesson& lesson, const state::StateMonitor& monitor);

/// Brings a network to that level. Errors: it is no network, LibTorch's own.
[[nodiscard]] core::Result<void> level(const Lesson& lesson, std::string& bytes);

}  // namespace attune::learn
