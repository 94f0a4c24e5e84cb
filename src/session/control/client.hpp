#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "session/control/line_splitter.hpp"

namespace attune::session::control {

class Client;

/// Whoever owns the clients.
class ClientHost {
 public:
  virtual void heard(Client& client, std::string_view line) = 0;
  virtual void heard_too_long_a_line(Client& client) = 0;

 protected:
  ~ClientHost() = default;
};

/// One program on the control socket. Reading is paced, so that whoever floods it takes no processor from
/// the frames; what it does not read in time is left out, and it is told how much.
class Client : public std::enable_shared_from_this<Client> {
 public:
  using Socket = boost::asio::local::stream_protocol::socket;
  // What it may cost in 10 ms: a byte costs one, and a line, which is read and answered, more.
  static constexpr std::ptrdiff_t most_a_tick = 16 * 1024, cost_of_a_line = 200;
  static constexpr std::size_t most_unread_bytes = 256 * 1024;

  Client(Socket socket, ClientHost& host);

  /// Begins to read.
  void start();
  /// Lets it read again. Call every 10 ms.
  void tick();
  /// @param message  with its end of line
  void send(const std::string& message);
  void close();

  [[nodiscard]] bool gone() const { return gone_; }
  /// Everything that was sent has left.
  [[nodiscard]] bool flushed() const { return gone_ || outbox_.empty(); }

 private:
  void read();
  void take(std::string_view bytes);
  void write();
  [[nodiscard]] bool has_room_for(std::size_t bytes) const;

  Socket socket_;
  ClientHost& host_;
  LineSplitter splitter_;
  std::array<char, 4096> buffer_{};
  std::ptrdiff_t budget_ = most_a_tick;  // below 0: as much is owed
  bool paused_ = false, gone_ = false;
  std::deque<std::string> outbox_;  // its front is on its way
  std::size_t unread_bytes_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace attune::session::control
