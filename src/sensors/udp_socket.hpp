#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "attune/core/result.hpp"

namespace attune::sensors {

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

/// One datagram, with the kernel's word for when it came.
struct Datagram {
  std::size_t size = 0;         ///< bytes in the caller's buffer
  std::uint32_t sender = 0;     ///< IPv4 address, as a number
  std::int64_t arrival_ns = 0;  ///< CLOCK_MONOTONIC, never before that of the one before
};

/// A socket that listens on one IPv4 address and port of this machine.
class UdpSocket {
 public:
  /// Error: the address is not this machine's, or the port is in use.
  [[nodiscard]] static core::Result<UdpSocket> bind(const std::string& address, std::uint16_t port);
  /// The next datagram, if one waits; longer ones than `buffer` are cut.
  [[nodiscard]] std::optional<Datagram> receive(std::span<std::uint8_t> buffer);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] int descriptor() const { return fd_.get(); }

 private:
  explicit UdpSocket(Descriptor fd) : fd_(std::move(fd)) {}
  Descriptor fd_;
  std::uint16_t port_ = 0;
  std::int64_t arrival_ns_ = 0;  // of the newest datagram
};

/// What ends a thread's wait: readable once `raise` was called.
class StopSignal {
 public:
  StopSignal();
  void raise();
  [[nodiscard]] bool raised() const;
  [[nodiscard]] int descriptor() const { return fd_.get(); }
  /// Waits for `fd` to have something, for the signal, or for so long.
  void wait(int fd, int events, int timeout_ms) const;

 private:
  Descriptor fd_;
};

}  // namespace attune::sensors
