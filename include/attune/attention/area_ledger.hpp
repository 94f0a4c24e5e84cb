#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/attention/areas.hpp"
#include "attune/attention/gaze_episodes.hpp"
#include "attune/core/static_vector.hpp"

namespace attune::attention {

/// What is known of the looks at one area.
struct AreaRecord {
  std::uint16_t id = 0;
  telemetry::AoiRole role = telemetry::AoiRole::neutral;
  int visits = 0;        ///< times it was entered; all but the first are revisits
  double dwell_s = 0.0;  ///< of all visits together
  core::SessionTime first_entry{}, last_exit{};
  int fixations = 0;
  std::optional<core::SessionTime> first_fixation;  ///< when the first fixation on it began
  double first_fixation_s = 0.0;                    ///< how long that lasted
  double fixated_s = 0.0;

  [[nodiscard]] int revisits() const { return visits > 0 ? visits - 1 : 0; }
};

/// Keeps account of what was looked at: entries, dwell, first fixations, revisits, and which area follows
/// which. Constant time a look; room for `most_areas` areas, of which the rest are counted and left out.
class AreaLedger {
 public:
  /// A scene of ours draws at most 24 at once; the objects of a public café are 60 to 100 a visit.
  static constexpr std::size_t most_areas = 128;

  /// An area that is there to be looked at. One that never is counts in the entropies.
  void offer(std::uint16_t id, telemetry::AoiRole role) { record(id, role); }
  /// A finished visit, as `AreaFollower` gives it.
  void add(const Visit& visit, telemetry::AoiRole role);
  /// A finished fixation with the area it lay on.
  void add(const GazeEpisode& fixation, std::uint16_t id, telemetry::AoiRole role);
  /// What comes next does not follow what came last: another place was shown in between.
  void break_off() { last_.reset(); }
  void reset() { *this = {}; }

  [[nodiscard]] const core::StaticVector<AreaRecord, most_areas>& areas() const { return areas_; }
  [[nodiscard]] const AreaRecord* find(std::uint16_t id) const;
  /// How often a visit to `to` came next after one to `from`.
  [[nodiscard]] int transitions(std::uint16_t from, std::uint16_t to) const;
  [[nodiscard]] int left_out() const { return left_out_; }  ///< looks at areas beyond `most_areas`

  /// Entropy of where the gaze dwelt, over its largest: 0 = one area, 1 = all alike.
  /// Nothing with fewer than two areas. Source: Shiferaw et al., Neurosci Biobehav Rev 96 (2019).
  [[nodiscard]] std::optional<double> stationary_entropy() const;
  /// Entropy of which area comes next, given where the gaze is, over its largest: 0 = always the same way,
  /// 1 = any way. Nothing without transitions between two areas. Source: Krejtz et al., ACM TAP 13 (2015).
  [[nodiscard]] std::optional<double> transition_entropy() const;
  /// (threat − calm) / (threat + calm) of dwell, −1..1: above 0 looks at threat, below avoids it.
  /// Nothing unless both kinds were there and one was looked at. Source: Armstrong & Olatunji, Clin Psychol
  /// Rev 32 (2012).
  [[nodiscard]] std::optional<double> threat_bias() const;

 private:
  AreaRecord* record(std::uint16_t id, telemetry::AoiRole role);
  [[nodiscard]] std::optional<std::size_t> index(std::uint16_t id) const;

  core::StaticVector<AreaRecord, most_areas> areas_;
  std::array<std::array<std::uint16_t, most_areas>, most_areas> next_{};
  std::optional<std::size_t> last_;  ///< area of the newest visit
  int left_out_ = 0;
};

}  // namespace attune::attention
