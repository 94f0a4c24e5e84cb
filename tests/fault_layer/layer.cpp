#include "fault_layer/layer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace attune::fault_layer {

namespace {

std::unique_ptr<Layer> only;

void hang(const Fault& fault) {
  using namespace std::chrono_literals;
  const long long seconds = fault.number(1, -1);
  if (seconds >= 0) {
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    return;
  }
  while (true) std::this_thread::sleep_for(1h);
}

/// The fault of a kind that is there and concerns this call.
const Fault* meant(const Layer& l, const char* kind, const std::string& call, long frame) {
  for (const auto& fault : l.plan.all()) {
    if (fault.kind == kind && fault.value(0) == call && fault.lasts_in(frame)) return &fault;
  }
  return nullptr;
}

}  // namespace

Layer& layer() { return *only; }

void begin_layer() { only = std::make_unique<Layer>(Plan::from_environment()); }

void Layer::took_effect(const std::string& kind, long in_frame) const {
  const char* path = std::getenv("ATTUNE_FAULT_REPORT");
  if (path == nullptr) return;
  const int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  const auto line = kind + " " + std::to_string(in_frame) + "\n";
  if (::write(file, line.data(), line.size()) < 0) std::abort();
  ::close(file);
}

std::optional<XrResult> door(const char* call) {
  auto& l = layer();
  std::unique_lock lock(l.mutex);
  const std::string name(call);
  const bool of_session = name != "poll";
  if (l.lost && (of_session || *l.lost == XR_ERROR_INSTANCE_LOST)) {
    l.took_effect("call_after_the_loss");
    return l.lost;
  }

  const long frame = l.frame + (name == "wait" ? 1 : 0);
  if (name == "wait" && frame == 1) l.frame_loop = std::this_thread::get_id();
  const bool elsewhere = frame > 1 && l.frame_loop != std::this_thread::get_id();
  for (const char* kind : {"hang", "hang_elsewhere"}) {
    const auto* fault = meant(l, kind, name, frame);
    if (fault == nullptr || (fault->kind == "hang_elsewhere" && !elsewhere) || !l.first_time(*fault))
      continue;
    l.took_effect(fault->kind, frame);
    lock.unlock();
    hang(*fault);
    lock.lock();
  }
  if (const auto* fault = meant(l, "failure", name, frame)) {
    l.took_effect(fault->kind, frame);
    return XR_ERROR_RUNTIME_FAILURE;
  }
  if (meant(l, "session_lost", name, frame)) l.lost = XR_ERROR_SESSION_LOST;
  if (meant(l, "instance_lost", name, frame)) l.lost = XR_ERROR_INSTANCE_LOST;
  if (!l.lost) return std::nullopt;
  l.took_effect(*l.lost == XR_ERROR_SESSION_LOST ? "session_lost" : "instance_lost", frame);
  return l.lost;
}

}  // namespace attune::fault_layer
