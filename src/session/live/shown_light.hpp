#pragma once

#include <array>
#include <cstdint>

#include "attune/core/time.hpp"
#include "attune/render/renderer.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::session {

/// Dates what the renderer measures of its pictures, which it knows some pictures late.
class ShownLight {
 public:
  /// After this time a picture says nothing of what is seen now.
  static constexpr double good_for_s = 1.0;

  /// Picture number `frame`, as the renderer counts, is to be shown at `time`.
  void drawn(std::uint64_t frame, core::SessionTime time);
  /// The latest measurement; one of a picture that `drawn` was not told of, or long ago, is left out.
  void measured(const render::ShownLight& light);
  /// As a frame at `now` carries it.
  [[nodiscard]] telemetry::Reading at(core::SessionTime now) const;

 private:
  struct Picture {
    std::uint64_t frame = 0;
    core::SessionTime time{};
  };
  std::array<Picture, 4> pictures_;
  render::ShownLight light_;
  core::SessionTime shown_{};
};

}  // namespace attune::session
