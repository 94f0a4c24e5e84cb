#pragma once

#include <optional>

#include "attune/attention/gaze_episodes.hpp"

namespace attune::report {

/// Puts fixations and pursuits that follow each other without a jump together to one rest of the eyes, which
/// is handed on as a fixation. Who walks, or turns the head, keeps looking at a thing whose direction moves:
/// to a patient that is one look, and it is counted as one. All other episodes pass as they are.
class Rests {
 public:
  /// Shorter rests are left out: they are what remains between two jumps (Olsen, The Tobii I-VT Fixation
  /// Filter, 2012).
  static constexpr double least_s = 0.06;

  /// Takes the next episode.
  /// @return the rest that it ended, if it ended one; the episode itself is the caller's.
  std::optional<attention::GazeEpisode> push(const attention::GazeEpisode& episode);
  /// The rest that the stream ended in; the next push begins a new stream.
  std::optional<attention::GazeEpisode> finish();

 private:
  std::optional<attention::GazeEpisode> rest_;
};

}  // namespace attune::report
