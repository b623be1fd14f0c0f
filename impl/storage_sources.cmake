# The storage side of the engine: what impl/CMakeLists.txt builds beside the lifecycle side.
set(IMPL_STORAGE_SOURCES
  engine/err.cc
  env/posix_env.cc
)
set(IMPL_STORAGE_TESTS
)
