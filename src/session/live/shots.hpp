#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "attune/core/time.hpp"
#include "attune/treatment/phase.hpp"

namespace attune::session {

/// Decides when a picture of the session is worth keeping: some seconds into every phase, while a question
/// stands, and in between at even distances.
class Shots {
 public:
  /// @param every_s  distance of the even ones.
  Shots(std::filesystem::path folder, double every_s) : folder_(std::move(folder)), every_s_(every_s) {}

  /// The file for a picture of this frame, or none.
  std::optional<std::filesystem::path> due(core::SessionTime time, treatment::Phase phase,
                                           bool question_open);

 private:
  std::filesystem::path folder_;
  double every_s_;
  treatment::Phase phase_ = treatment::Phase::waiting;
  double phase_since_s_ = 0.0, last_s_ = -1e9, question_since_s_ = 0.0;
  bool phase_shown_ = true, question_shown_ = true, question_was_open_ = false;
};

}  // namespace attune::session
