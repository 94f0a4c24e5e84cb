#pragma once

#include <optional>

namespace attune::signal {

/// Freezing: head and hands together all but still, longer than a look at something takes (Roelofs, Phil
/// Trans R Soc B 372, 2017: reduced body sway and movement under threat).
class Freezing {
 public:
  static constexpr double head_still_deg_s = 3.0, hand_still_m_s = 0.02, least_s = 2.0;

  /// @param head_deg_s, hand_m_s  speeds; nothing where not tracked, which ends what went on. A hand that is
  /// not tracked is left out. @param step_s  since the last push.
  void push(std::optional<double> head_deg_s, std::optional<double> hand_m_s, double step_s) {
    const bool still =
        head_deg_s && *head_deg_s < head_still_deg_s && (!hand_m_s || *hand_m_s < hand_still_m_s);
    still_for_s_ = still ? still_for_s_ + step_s : 0.0;
  }
  [[nodiscard]] bool frozen() const { return still_for_s_ >= least_s; }
  [[nodiscard]] double for_s() const { return frozen() ? still_for_s_ : 0.0; }

 private:
  double still_for_s_ = 0.0;
};

}  // namespace attune::signal
