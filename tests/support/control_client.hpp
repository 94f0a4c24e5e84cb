#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace attune::test {

/// A therapist's program at the other end of a control socket.
class ControlClient {
 public:
  using Json = nlohmann::json;
  using Clock = std::chrono::steady_clock;

  /// Waits for somebody to listen.
  explicit ControlClient(const std::filesystem::path& path, double within_s = 30.0) {
    const auto until = Clock::now() + std::chrono::duration<double>(within_s);
    while (!connect(path) && Clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ~ControlClient() { hang_up(); }
  ControlClient(const ControlClient&) = delete;
  ControlClient& operator=(const ControlClient&) = delete;

  [[nodiscard]] bool connected() const { return descriptor_ >= 0; }
  void hang_up() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

  /// Ends sending, also of a thread that is at it.
  void shut_down() const { ::shutdown(descriptor_, SHUT_RDWR); }

  /// As it is; waits while the other end does not read. False when that end is gone.
  bool send_bytes(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  bool send(const Json& request) const { return send_bytes(request.dump() + "\n"); }

  /// The next line; null when none comes in time or the other end is gone.
  [[nodiscard]] Json next(double within_s = 20.0) {
    const auto until = Clock::now() + std::chrono::duration<double>(within_s);
    while (true) {
      if (const auto end = unread_.find('\n'); end != std::string::npos) {
        const auto line = unread_.substr(0, end);
        unread_.erase(0, end + 1);
        return Json::parse(line, nullptr, false);
      }
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      pollfd input{descriptor_, POLLIN, 0};
      if (left < 0 || ::poll(&input, 1, static_cast<int>(left)) <= 0) return nullptr;
      char bytes[8192];
      const auto size = ::recv(descriptor_, bytes, sizeof bytes, 0);
      if (size <= 0) return nullptr;
      unread_.append(bytes, static_cast<std::size_t>(size));
    }
  }
  /// Passes over lines until one is as wanted; null when none comes in time.
  [[nodiscard]] Json wait_for(const std::function<bool(const Json&)>& wanted, double within_s = 20.0) {
    const auto until = Clock::now() + std::chrono::duration<double>(within_s);
    while (Clock::now() < until) {
      auto line = next(std::chrono::duration<double>(until - Clock::now()).count());
      if (line.is_null() || wanted(line)) return line;
    }
    return nullptr;
  }
  [[nodiscard]] Json status_where(const std::function<bool(const Json&)>& wanted, double within_s = 20.0) {
    return wait_for([&](const Json& line) { return line["type"] == "status" && wanted(line); }, within_s);
  }
  /// Sends a request and waits for its reply.
  [[nodiscard]] Json ask(Json request, double within_s = 20.0) {
    const auto id = ++asked_;
    request["id"] = id;
    if (!send(request)) return nullptr;
    return wait_for([&](const Json& line) { return line["type"] == "reply" && line["id"] == id; }, within_s);
  }
  [[nodiscard]] Json ask(const char* verb) { return ask(Json{{"do", verb}}, 20.0); }

 private:
  bool connect(const std::filesystem::path& path) {
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const auto text = path.string();
    std::copy(text.begin(), text.end(), std::begin(name.sun_path));
    if (::connect(made, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0) {
      descriptor_ = made;
      return true;
    }
    ::close(made);
    return false;
  }

  int descriptor_ = -1, asked_ = 0;
  std::string unread_;
};

}  // namespace attune::test
