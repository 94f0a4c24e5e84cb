#include "xr_replay/events.hpp"

#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"

namespace attune::xr_replay {
namespace {

/// Writes an event over the program's buffer, whose `next` is not ours to change.
template <typename Event>
void write(const Event& event, XrEventDataBuffer& out) {
  const void* const next = out.next;
  std::memcpy(&out, &event, sizeof(Event));
  out.next = next;
}

}  // namespace

bool EventQueue::pop(XrEventDataBuffer& out) {
  if (lost_ > 0) {
    XrEventDataEventsLost event{XR_TYPE_EVENT_DATA_EVENTS_LOST};
    event.lostEventCount = lost_;
    lost_ = 0;
    write(event, out);
    return true;
  }
  if (events_.empty()) return false;
  write(events_.front().data, out);
  events_.pop_front();
  return true;
}

void EventQueue::forget(XrSession session) {
  std::erase_if(events_, [&](const Queued& event) { return event.session == session; });
}

namespace api {

XrResult XRAPI_CALL PollEvent(XrInstance handle, XrEventDataBuffer* eventData) {
  return enter<Instance>("xrPollEvent", handle, [&](Instance& instance, Call& call) {
    if (eventData == nullptr) return call.invalid("eventData is null");
    return instance.events.pop(*eventData) ? XR_SUCCESS : XR_EVENT_UNAVAILABLE;
  });
}

}  // namespace api
}  // namespace attune::xr_replay
