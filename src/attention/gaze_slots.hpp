#pragma once

#include <bit>
#include <cstdint>
#include <glm/geometric.hpp>
#include <glm/vec3.hpp>
#include <vector>

#include "attune/attention/gaze_labels.hpp"

namespace attune::attention {

/// What the stages of the classifier know of one sample.
struct GazeSlot {
  std::int64_t time_ns = 0;
  glm::vec3 raw_deg{0.0F};    ///< direction · 180/π: distances between neighbours are degrees
  glm::vec3 place_deg{0.0F};  ///< the same without single outliers
  glm::vec3 velocity_deg_s{0.0F};
  float speed_deg_s = 0.0F;
  float pursuit = 0.0F;           ///< probability given all that came before and `drift_ahead_s` after
  float pursuit_smoothed = 0.0F;  ///< and given what came after, as far as it was filtered
  float evidence = 0.0F;          ///< log odds that this sample adds for pursuit
  float step_s = 0.0F;            ///< time since the sample before within the stretch; 0 at its start
  std::uint32_t copies = 1;
  GazeLabel label = GazeLabel::fixation;  ///< `fixation` means at rest until pursuit is told from it
  bool lost = false;
  bool starts = false;  ///< nothing before can be compared with it
};

/// The newest slots of a stream, by their running number. Of fixed size: the oldest give way.
class GazeSlots {
 public:
  double interval_s = 0.0;  ///< running median of the time between slots

  explicit GazeSlots(std::size_t least_capacity)
      : slots_(std::bit_ceil(least_capacity)), mask_(slots_.size() - 1) {}

  GazeSlot& append() {
    auto& slot = (*this)[end_++];
    slot = {};
    return slot;
  }
  void clear() {
    end_ = 0;
    interval_s = 0.0;
  }

  GazeSlot& operator[](std::int64_t number) { return slots_[static_cast<std::size_t>(number) & mask_]; }
  const GazeSlot& operator[](std::int64_t number) const {
    return slots_[static_cast<std::size_t>(number) & mask_];
  }
  [[nodiscard]] std::int64_t end() const { return end_; }  ///< number after the newest
  [[nodiscard]] std::int64_t begin() const {               ///< oldest that is still held
    const auto held = capacity();
    return end_ > held ? end_ - held : 0;
  }
  [[nodiscard]] std::int64_t capacity() const { return static_cast<std::int64_t>(mask_) + 1; }

  /// Seconds from slot `a` to slot `b`.
  [[nodiscard]] double seconds(std::int64_t a, std::int64_t b) const {
    return static_cast<double>((*this)[b].time_ns - (*this)[a].time_ns) * 1e-9;
  }
  /// Degrees between slots `a` and `b`.
  [[nodiscard]] float degrees(std::int64_t a, std::int64_t b) const {
    return glm::length((*this)[b].place_deg - (*this)[a].place_deg);
  }

 private:
  std::vector<GazeSlot> slots_;
  std::size_t mask_;
  std::int64_t end_ = 0;
};

}  // namespace attune::attention
