#include "session/control/client.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "session/control/messages.hpp"
#include "session/control/request.hpp"

namespace attune::session::control {

namespace asio = boost::asio;

Client::Client(Socket socket, ClientHost& host)
    : socket_(std::move(socket)), host_(host), splitter_(longest_line) {}

void Client::start() { read(); }

void Client::tick() {
  budget_ = std::min(budget_ + most_a_tick, most_a_tick);
  if (budget_ > 0 && std::exchange(paused_, false)) read();
}

void Client::read() {
  if (gone_) return;
  const auto taken = [self = shared_from_this()](const boost::system::error_code& problem, std::size_t size) {
    // One that says nothing more may still listen: writing finds out when it has gone.
    if (problem) return;
    self->take({self->buffer_.data(), size});
    self->paused_ = self->budget_ <= 0;
    if (!self->paused_) self->read();
  };
  socket_.async_read_some(asio::buffer(buffer_), taken);
}

void Client::take(std::string_view bytes) {
  const auto pay = [&] { budget_ -= cost_of_a_line; };
  const auto line = [&](std::string_view text) {
    pay();
    host_.heard(*this, text);
  };
  const auto too_long = [&] {
    pay();
    host_.heard_too_long_a_line(*this);
  };
  budget_ -= static_cast<std::ptrdiff_t>(bytes.size());
  splitter_.push(bytes, line, too_long);
}

void Client::send(const std::string& message) {
  if (gone_) return;
  if (!has_room_for(message.size())) {
    ++lost_;
    return;
  }
  const bool idle = outbox_.empty();
  if (lost_ > 0) {
    outbox_.push_back(lost(std::exchange(lost_, 0)));
    unread_bytes_ += outbox_.back().size();
  }
  outbox_.push_back(message);
  unread_bytes_ += message.size();
  if (idle) write();
}

/// After a loss it takes up again when half of what waited is read, so that losses are told seldom.
bool Client::has_room_for(std::size_t bytes) const {
  return unread_bytes_ + bytes <= (lost_ > 0 ? most_unread_bytes / 2 : most_unread_bytes);
}

void Client::write() {
  const auto written = [self = shared_from_this()](const boost::system::error_code& problem, std::size_t) {
    if (problem) {
      self->close();
      return;
    }
    self->unread_bytes_ -= self->outbox_.front().size();
    self->outbox_.pop_front();
    if (!self->outbox_.empty()) self->write();
  };
  asio::async_write(socket_, asio::buffer(outbox_.front()), written);
}

void Client::close() {
  gone_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace attune::session::control
