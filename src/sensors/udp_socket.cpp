#include "sensors/udp_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "sensors/source.hpp"

namespace attune::sensors {

namespace {

std::int64_t in_ns(const timespec& time) { return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec; }

/// How long ago the wall clock showed `stamped`, and when that is asked, on CLOCK_MONOTONIC. The two clocks
/// are read one after the other: where the thread was held up in between, again.
std::int64_t instant_of(const timespec& stamped) {
  constexpr std::int64_t at_once_ns = 50'000, longest_wait_ns = 1'000'000'000;
  std::int64_t before_ns = 0, now_ns = 0;
  timespec wall{};
  for (int tries = 0; tries < 4; ++tries) {
    before_ns = monotonic_ns();
    clock_gettime(CLOCK_REALTIME, &wall);
    now_ns = monotonic_ns();
    if (now_ns - before_ns <= at_once_ns) break;
  }
  // A wall clock that is set in between must not move a sample by more than it can have waited.
  return now_ns - std::clamp<std::int64_t>(in_ns(wall) - in_ns(stamped), 0, longest_wait_ns);
}

/// When the kernel took the datagram in. It stamps by the wall clock.
std::int64_t arrival_of(const msghdr& header) {
  for (auto* part = CMSG_FIRSTHDR(&header); part != nullptr;
       part = CMSG_NXTHDR(const_cast<msghdr*>(&header), part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec stamped{};
    std::memcpy(&stamped, CMSG_DATA(part), sizeof stamped);
    return instant_of(stamped);
  }
  return monotonic_ns();
}

core::Error cannot_listen(const std::string& address, std::uint16_t port) {
  const auto where = "UDP port " + std::to_string(port) + " of " + address;
  if (errno == EADDRINUSE)
    return core::failed(where + " is in use by another program: end it, or name another port");
  if (errno == EADDRNOTAVAIL) return core::failed(address + " is no address of this machine");
  return core::failed(where + ": " + std::strerror(errno));
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

core::Result<UdpSocket> UdpSocket::bind(const std::string& address, std::uint16_t port) {
  UdpSocket socket(Descriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)));
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  if (inet_pton(AF_INET, address.c_str(), &name.sin_addr) != 1)
    return core::bad_input(address + " is no IPv4 address");
  const int on = 1;
  (void)::setsockopt(socket.descriptor(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  auto* plain = reinterpret_cast<sockaddr*>(&name);
  const int room = 1 << 20;  // as far as the machine allows: a face sends a hundred messages at once
  (void)::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  if (::bind(socket.descriptor(), plain, sizeof name) != 0) return cannot_listen(address, port);
  socklen_t size = sizeof name;
  if (::getsockname(socket.descriptor(), plain, &size) != 0) return cannot_listen(address, port);
  socket.port_ = ntohs(name.sin_port);
  return socket;
}

std::optional<Datagram> UdpSocket::receive(std::span<std::uint8_t> buffer) {
  sockaddr_in sender{};
  iovec bytes{buffer.data(), buffer.size()};
  alignas(cmsghdr) std::array<char, 128> control{};
  msghdr header{};
  header.msg_name = &sender;
  header.msg_namelen = sizeof sender;
  header.msg_iov = &bytes;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  const auto size = ::recvmsg(fd_.get(), &header, 0);
  if (size < 0) return std::nullopt;
  // They come in order, so their times rise, however the two clocks were read.
  arrival_ns_ = std::max(arrival_ns_, arrival_of(header));
  return Datagram{static_cast<std::size_t>(size), ntohl(sender.sin_addr.s_addr), arrival_ns_};
}

StopSignal::StopSignal() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void StopSignal::raise() {
  const std::uint64_t one = 1;
  (void)!::write(fd_.get(), &one, sizeof one);
}

bool StopSignal::raised() const {
  pollfd waited{fd_.get(), POLLIN, 0};
  return ::poll(&waited, 1, 0) > 0;
}

void StopSignal::wait(int fd, int events, int timeout_ms) const {
  std::array<pollfd, 2> waited{pollfd{fd_.get(), POLLIN, 0}, pollfd{fd, static_cast<short>(events), 0}};
  (void)::poll(waited.data(), fd >= 0 ? 2 : 1, timeout_ms);
}

}  // namespace attune::sensors
