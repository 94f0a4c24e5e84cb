#pragma once

#include <array>
#include <optional>

#include "attune/core/ring.hpp"
#include "signal/beat_model.hpp"

namespace attune::signal {

/// A beat that is certain.
struct PathBeat {
  double at = 0.0;          ///< sample, in fractions
  double interval_s = 0.0;  ///< since the beat before; 0 where something broke between them

  [[nodiscard]] bool connected() const { return interval_s > 0.0; }
};

/// Chooses among candidates for heart beats. The sequence of beats that is likeliest as a whole, given each
/// candidate's weight and that a heart seldom leaps, wins (dynamic programming over the last seconds); what
/// lies on it is told once it is `lag_s` old. At the start, and after a silence in which the levels may have
/// changed, the model is learned anew from what came meanwhile, and those beats are told late rather than
/// never.
class BeatPath {
 public:
  static constexpr double lag_s = 1.5;

  BeatPath(double rate_hz, double inner_rate_hz, std::size_t width, const WaveScale& scale);

  void push(const QrsCandidate& candidate);
  /// The next beat that is certain at sample `now`; call until there is none.
  std::optional<PathBeat> next(double now);
  /// The next beat of what is left when no more samples come.
  std::optional<PathBeat> next_of_rest();
  /// The signal broke: no interval leads across sample `at`, and what lies within `guard` samples of it is no
  /// beat.
  void break_at(double at, double guard);

 private:
  struct Entry {
    WeighedCandidate weighed;
    float score = 0.0F;  // of the best path that ends here
    int before = -1;     // index of the beat before on it
    bool told = false, dropped = false, after_break = false;
  };

  void link(std::size_t i);
  void relink();
  bool learn_anew(double now);
  void decide(double until);
  void drop_before(double until, int spared);
  void tell(Entry& beat);
  void look(double now);
  std::optional<PathBeat> take_found();
  [[nodiscard]] float leap_cost(double interval) const;
  [[nodiscard]] float median_interval_s() const;

  double rate_hz_;
  BeatModel model_;
  core::Ring<Entry, 96> entries_;
  core::Ring<PathBeat, 96> found_;  // certain and not yet told
  core::Ring<float, 9> intervals_s_;
  double quiet_since_ = 0.0;  // start, last beat, or last vain attempt to learn anew
  std::optional<double> last_beat_;
  double newest_ = 0.0, look_again_ = 0.0, learn_again_ = 0.0;
  bool learned_ = false, break_pending_ = false;
};

}  // namespace attune::signal
