#include "record/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace attune::record {

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

core::Result<File> File::open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return core::bad_input(path.string() + ": no such file");
  if (!std::filesystem::is_regular_file(path, ignored))
    return core::bad_input(path.string() + ": is not a file");
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.descriptor_ < 0)
    return core::bad_input(path.string() + ": cannot be read: " + std::strerror(errno));
  return file;
}

core::Result<File> File::create(const std::filesystem::path& path) {
  File file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (file.descriptor_ < 0)
    return core::bad_input(path.string() + ": cannot be made: " + std::strerror(errno));
  return file;
}

core::Result<std::uint64_t> File::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0)
    return core::failed(std::string("cannot be read: ") + std::strerror(errno));
  return static_cast<std::uint64_t>(status.st_size);
}

core::Result<Bytes> File::read(std::uint64_t offset, std::size_t count) const {
  Bytes bytes(count);
  std::size_t done = 0;
  while (done < count) {
    const auto got =
        ::pread(descriptor_, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return core::failed(std::string("cannot be read: ") + std::strerror(errno));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

bool File::write(std::uint64_t offset, std::span<const std::uint8_t> bytes) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto put =
        ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    done += static_cast<std::size_t>(put);
  }
  return true;
}

void File::cut(std::uint64_t length) const {
  const auto unused = ::ftruncate(descriptor_, static_cast<off_t>(length));
  static_cast<void>(unused);
}

bool File::synchronise() const { return ::fdatasync(descriptor_) == 0; }

void synchronise_folder(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace attune::record
