#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "support/scratch_folder.hpp"

namespace attune::datasets::test {

using attune::test::ScratchFolder;

using Files = std::map<std::string, std::string>;  ///< text by relative name

inline void write_files(const std::filesystem::path& folder, const Files& files) {
  for (const auto& [name, text] : files) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
}

/// Packs files as the public sets are packed: tar, then xz.
inline void pack(const std::filesystem::path& file, const Files& files) {
  auto* writer = archive_write_new();
  archive_write_add_filter_xz(writer);
  archive_write_set_format_pax_restricted(writer);
  archive_write_open_filename(writer, file.c_str());
  for (const auto& [name, text] : files) {
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
}

/// A café visit of three tracked rows 10 ms apart, with every quirk of the published files: byte-order mark,
/// CRLF, trailing commas, rows before the start at game time 0. The wearer stands at Unity's (1, 1.7, 2),
/// looks along +Z, and the gaze hits a plant straight ahead at 3 m, then a guest to the right.
inline Files cafe_visit(const std::string& folder) {
  const std::string pose_header = "\xEF\xBB\xBFtimeStampNs,gameTime,posX,posY,posZ,rotX,rotY,rotZ,\r\n";
  const auto poses = [&](const std::string& y) {
    return pose_header + "1000000,0.0000,0.0,0.0,0.0,0.0,0.0,0.0,\r\n" + "500000000,0.0000,1.0," + y +
           ",1.0,0.0,0.0,0.0,\r\n" + "510000000,0.0100,1.0," + y + ",2.0,0.0,0.0,0.0,\r\n" +
           "520000000,0.0200,1.0," + y + ",2.0,0.0,90.0,0.0,\r\n" + "530000000,0.0300,1.0," + y +
           ",2.0,0.0,90.5,0.0,\r\n";
  };
  return {
      {folder + "/Head.csv", poses("1.7")},
      {folder + "/LeftHand.csv", poses("1.1")},
      {folder + "/RightHand.csv", poses("1.2")},
      {folder + "/EyeGaze.csv",
       "\xEF\xBB\xBFtimeStampNs,gameTime,objectName,posX,posY,posZ,\r\n"
       "500000000,0.0000,StartBarrier,1.0,1.7,2.0,\r\n"
       "510000000,0.0100,PlantPot,1.0,1.7,5.0,\r\n"
       "520000000,0.0200,noninteractive_customer_npc_3,4.0,1.7,2.0,\r\n"},
      {folder + "/ButtonLog.csv", "timeStampNs,gameTime,buttonSelection,\r\n515000000,0.0150,Dine In\r\n"},
      {folder + "/HandGrabLog.csv",
       "timeStampNs,gameTime,hand,objectName\r\n510000000,0.0100,left,Vase_1\r\n"}};
}

inline Files wait_visit(const std::string& folder) {
  const auto poses = [](const std::string& what, const std::string& y) {
    return "Timestamp(ns),GameTime," + what + "Position," + what + "Rotation\n" + "2000000000,2.0,(1.0, " +
           y + ", 2.0),(0.0, 0.0, 0.0)\n" + "2015000000,2.015,(1.0, " + y + ", 2.0),(30.0, 0.0, 0.0)\n";
  };
  const std::string end = "Log_6_MINUTE_WAIT.csv";
  return {
      {folder + "/HeadPosition" + end, poses("Head", "1.6")},
      {folder + "/LeftHand" + end, poses("LeftHand", "1.0")},
      {folder + "/RightHand" + end, poses("RightHand", "1.0")},
      {folder + "/EyeGaze" + end,
       "Timestamp(ns),GameTime,ObjectName,HitPosition\r\n"
       "2001000000,2.0,Receptionist,(1.0, 1.6, -2.0)\r\n2016000000,2.015,Ceiling (379),(1.0, 3.6, 2.0)\r\n"}};
}

}  // namespace attune::datasets::test
