#pragma once

#include <cstring>
#include <deque>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// What happened and was not polled yet.
class EventQueue {
 public:
  /// Adds an event, any XrEventData… structure; when nobody polls for long the oldest are lost, and counted.
  template <typename Event>
  void push(const Event& event, XrSession session) {
    static_assert(sizeof(Event) <= sizeof(XrEventDataBuffer));
    if (events_.size() == most) {
      events_.pop_front();
      ++lost_;
    }
    Queued queued{session, {}};
    std::memcpy(&queued.data, &event, sizeof(Event));
    queued.data.next = nullptr;
    events_.push_back(queued);
  }
  /// Takes the next event. False: there is none.
  bool pop(XrEventDataBuffer& out);
  /// Nothing is heard of a session that is gone.
  void forget(XrSession session);

 private:
  static constexpr std::size_t most = 256;
  struct Queued {
    XrSession session;
    XrEventDataBuffer data;
  };
  std::deque<Queued> events_;
  std::uint32_t lost_ = 0;
};

}  // namespace attune::xr_replay
