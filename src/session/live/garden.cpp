#include "session/live/garden.hpp"

namespace attune::session {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto look_every = 5ms;

}  // namespace

Garden::Garden(LiveSession& session) {
  thread_ = std::thread([&session, shared = shared_] {
    session.show_garden_while([&] { return shared->wanted.load(std::memory_order_acquire); });
    shared->over.store(true, std::memory_order_release);
  });
}

Garden::~Garden() {
  shared_->wanted.store(false, std::memory_order_release);
  if (thread_.joinable()) thread_.join();
}

bool Garden::end(const std::function<bool(std::chrono::duration<double>)>& patient) {
  shared_->wanted.store(false, std::memory_order_release);
  const auto asked = Steady::now();
  while (!shared_->over.load(std::memory_order_acquire)) {
    if (!patient(Steady::now() - asked)) {
      thread_.detach();
      return false;
    }
    std::this_thread::sleep_for(look_every);
  }
  thread_.join();
  return true;
}

}  // namespace attune::session
