#pragma once

#include <cstdint>
#include <string_view>

namespace attune::treatment {

/// Languages that patients and therapists read.
enum class Language : std::uint8_t { english = 0, chinese = 1 };

/// Where a session stands. A paused phase remembers which phase it is, so that the table of transitions is
/// the whole truth and no hidden memory decides where `resume` leads.
enum class Phase : std::uint8_t {
  waiting = 0,  ///< nothing has been started; the patient is in the calm garden
  neutral = 1,  ///< in the world, without the stimulus: the person's baseline
  exposure = 2,
  recovery = 3,
  safe_place = 4,  ///< the calm garden, after a stop
  paused_neutral = 5,
  paused_exposure = 6,
  paused_recovery = 7,
  ended = 8,
};
inline constexpr int phase_count = 9;

/// Where the patient is; the values are those of `scene::Place`.
enum class Place : std::uint8_t { world = 0, safe_place = 1 };

/// The place a phase happens in.
[[nodiscard]] constexpr Place place_of(Phase phase) {
  return phase == Phase::waiting || phase == Phase::safe_place || phase == Phase::ended ? Place::safe_place
                                                                                        : Place::world;
}
[[nodiscard]] constexpr bool is_paused(Phase phase) {
  return phase == Phase::paused_neutral || phase == Phase::paused_exposure || phase == Phase::paused_recovery;
}
/// The phase of the programme that a paused phase belongs to; any other phase is its own.
[[nodiscard]] constexpr Phase unpaused(Phase phase) {
  switch (phase) {
    case Phase::paused_neutral:
      return Phase::neutral;
    case Phase::paused_exposure:
      return Phase::exposure;
    case Phase::paused_recovery:
      return Phase::recovery;
    default:
      return phase;
  }
}

/// What happens in the middle phase of a programme, which has one machine for all.
enum class Middle : std::uint8_t { exposure = 0, practice = 1 };

/// The phase in plain words, for a therapist.
[[nodiscard]] std::string_view text(Phase phase, Language language = Language::english);
[[nodiscard]] std::string_view text(Phase phase, Middle middle, Language language);

}  // namespace attune::treatment
