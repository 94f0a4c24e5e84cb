#include "attune/attention/engagement.hpp"

#include <algorithm>

namespace attune::attention {

void Engagement::begin(core::SessionTime now) {
  running_ = true;
  start_ = last_ = now;
  target_ns_ = elsewhere_ns_ = 0;
}

void Engagement::spend(std::int64_t until_ns) {
  if (looking_ == Looking::target) target_ns_ += until_ns - last_.ns;
  if (looking_ == Looking::elsewhere) elsewhere_ns_ += until_ns - last_.ns;
  last_.ns = until_ns;
}

std::optional<Engaged> Engagement::push(core::SessionTime now, Looking looking) {
  const bool follows = running_ && now >= last_ && now.ns - last_.ns < length_ns;
  std::optional<Engaged> ended;
  if (!follows) {
    begin(now);
  } else {
    const std::int64_t end_ns = start_.ns + length_ns;
    spend(std::min(now.ns, end_ns));
    if (now.ns >= end_ns) {
      const auto known_ns = target_ns_ + elsewhere_ns_;
      if (2 * known_ns >= length_ns) {
        const double share = static_cast<double>(target_ns_) / static_cast<double>(known_ns);
        ended = Engaged{start_,
                        {end_ns},
                        2 * target_ns_ > known_ns,
                        share,
                        static_cast<double>(known_ns) / static_cast<double>(length_ns)};
      }
      begin({end_ns});
      spend(now.ns);
    }
  }
  looking_ = looking;
  return ended;
}

}  // namespace attune::attention
