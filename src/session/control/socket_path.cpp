#include "session/control/socket_path.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>

namespace attune::session::control {

namespace {

constexpr int waiting_clients = 16;

core::Error error_at(const std::filesystem::path& path, const std::string& what) {
  return core::bad_input("--control: " + path.string() + ": " + what);
}

int new_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), std::begin(address.sun_path));
  return address;
}

/// Makes room for a new socket, if what is there is an old one.
core::Result<void> make_room(const std::filesystem::path& path, const sockaddr_un& address) {
  struct stat there {};
  if (::lstat(path.c_str(), &there) != 0) return {};  // binding finds out what else may be wrong
  if (!S_ISSOCK(there.st_mode)) return error_at(path, "is there already, and is no socket");
  const int probe = new_socket();
  const int outcome = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int problem = outcome == 0 ? 0 : errno;
  ::close(probe);
  if (problem == 0 || problem == EAGAIN) return error_at(path, "another session listens there");
  if (problem != ECONNREFUSED) return error_at(path, std::strerror(problem));
  if (::unlink(path.c_str()) != 0) return error_at(path, std::strerror(errno));
  return {};
}

}  // namespace

core::Result<ListeningSocket> ListeningSocket::open(const std::filesystem::path& path) {
  const auto text = path.string();
  if (text.empty() || text.size() >= sizeof(sockaddr_un::sun_path))
    return error_at(path, "the path of a socket has 1 to 107 bytes");
  const auto address = address_of(text);
  if (const auto room = make_room(path, address); !room) return room.error();

  ListeningSocket made(path, new_socket());
  if (made.descriptor_ < 0) return error_at(path, std::strerror(errno));
  if (::bind(made.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return error_at(path, std::strerror(errno));
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0) {
    made.device_ = there.st_dev;
    made.inode_ = there.st_ino;
  }
  // Nobody can connect before it listens, so nobody comes in while its mode is another.
  if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(made.descriptor_, waiting_clients) != 0)
    return error_at(path, std::strerror(errno));
  return made;
}

ListeningSocket::~ListeningSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
  struct stat there {};
  if (inode_ != 0 && ::lstat(path_.c_str(), &there) == 0 && there.st_ino == inode_ && there.st_dev == device_)
    ::unlink(path_.c_str());
}

}  // namespace attune::session::control
