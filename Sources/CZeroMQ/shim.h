#include <errno.h>
#include <zmq.h>
#ifdef __linux__
#include <sys/eventfd.h>
#endif

// Among the draft options of zmq.h, but in every 4.3 library; with it a socket whose ZAP handler is missing lets nobody in.
#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93
#endif
