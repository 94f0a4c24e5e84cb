#include "attune/sensors/notice.hpp"

#include <cstdio>

namespace attune::sensors {

std::string words(const Notice& notice) {
  const auto group = std::string(words(notice.group));
  char text[160];
  switch (notice.kind) {
    case Notice::Kind::came:
      return group + ": values come in";
    case Notice::Kind::went:
      return group + ": " + std::string(words(notice.fault));
    case Notice::Kind::clock:
      std::snprintf(text, sizeof text,
                    "%s: the sensor's clock is %.3f s behind the session's and drifts by %.1f ppm; values "
                    "arrive %.0f ms after the fastest on average",
                    group.c_str(), notice.clock.offset_s, notice.clock.drift_ppm,
                    notice.clock.spread_s * 1e3);
      return text;
    case Notice::Kind::lost:
      std::snprintf(text, sizeof text, "%llu values found no room: frames came too seldom",
                    static_cast<unsigned long long>(notice.count));
      return text;
  }
  return {};
}

}  // namespace attune::sensors
