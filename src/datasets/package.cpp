#include "datasets/package.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "attune/core/files.hpp"

namespace attune::datasets {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_file = 256U << 20U;  // ten times the largest there is; a bomb stops here

core::Result<Package> read_folder(const fs::path& folder,
                                  const std::function<bool(const std::string&)>& wanted) {
  Package package;
  const auto whole = fs::canonical(folder);
  std::error_code problem;
  for (fs::recursive_directory_iterator at(whole, problem), end; at != end; at.increment(problem)) {
    if (problem) break;
    if (!at->is_regular_file()) continue;
    const auto name = (whole.filename() / at->path().lexically_relative(whole)).generic_string();
    package.names.push_back(name);
    if (!wanted(name)) continue;
    if (at->file_size() > largest_file)
      return core::bad_input(at->path().string() + ": is larger than 256 MiB");
    auto text = core::read_text(at->path());
    if (!text) return text.error();
    package.texts[name] = std::move(*text);
  }
  if (problem) return core::bad_input(folder.string() + ": cannot be listed: " + problem.message());
  std::sort(package.names.begin(), package.names.end());
  return package;
}

core::Result<Package> read_archive(const fs::path& file,
                                   const std::function<bool(const std::string&)>& wanted) {
  const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  std::string last = "its start";
  const auto damaged = [&] {
    const char* why = archive_error_string(reader.get());
    return core::bad_input(file.string() + ": cannot be unpacked after " + last + ": " +
                           (why != nullptr ? why : "unknown reason"));
  };
  if (archive_read_open_filename(reader.get(), file.c_str(), 1U << 16U) != ARCHIVE_OK) return damaged();
  Package package;
  archive_entry* entry = nullptr;
  for (;;) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) return damaged();
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* path = archive_entry_pathname(entry);
    last = path != nullptr ? path : "";
    package.names.push_back(last);
    if (!wanted(last)) continue;
    std::string text;
    std::vector<char> buffer(1U << 16U);
    for (;;) {
      const auto got = archive_read_data(reader.get(), buffer.data(), buffer.size());
      if (got < 0) return damaged();
      if (got == 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(got));
      if (text.size() > largest_file)
        return core::bad_input(file.string() + "/" + last + ": is larger than 256 MiB");
    }
    package.texts[last] = std::move(text);
  }
  std::sort(package.names.begin(), package.names.end());
  return package;
}

}  // namespace

core::Result<Package> read_package(const fs::path& source,
                                   const std::function<bool(const std::string&)>& wanted) {
  std::error_code ignored;
  if (!fs::exists(source, ignored)) return core::bad_input(source.string() + ": no such file or folder");
  return fs::is_directory(source, ignored) ? read_folder(source, wanted) : read_archive(source, wanted);
}

}  // namespace attune::datasets
