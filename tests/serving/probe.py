#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# probe.py CLAIM PORT INTERNAL_PORT SITE: holds what nginx answers against the
# files of the site; prints what is wrong, and ends with 1 then. Plain sockets
# where a client would mend the request.
import glob
import gzip
import http.client
import re
import socket
import subprocess
import sys
import time

claim, port, internal, site = (sys.argv[1], int(sys.argv[2]),
                               int(sys.argv[3]), sys.argv[4])
DIGEST = re.compile('[0-9a-f]{12,64}')
faults = []


def check(holds, *what):
    if not holds:
        faults.append(' '.join(str(part) for part in what))


def ask(path, method='GET', at=None, source=None, **headers):
    connection = http.client.HTTPConnection(
        '127.0.0.1', at or port, timeout=20,
        source_address=(source, 0) if source else None)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace('_', '-'), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def raw(request, limit=1 << 30):
    with socket.create_connection(('127.0.0.1', port), timeout=10) as peer:
        peer.sendall(request)
        answer = b''
        while len(answer) < limit and (piece := peer.recv(65536)):
            answer += piece
    return answer


def of_file(path):
    with open(f'{site}/{path}', 'rb') as file:
        return file.read()


def policy():
    with open('.packaging/nginx/headers.conf', encoding='utf-8') as file:
        return dict(re.findall(
            r'^add_header (\S+) "?([^"$]+?)"? always;$', file.read(), re.M))


def of_search():
    """A file of the search whose address has a digest in it."""
    path = sorted(glob.glob(f'{site}/search/*/*.bin'))[0][len(site):]
    check(DIGEST.search(path), path, 'has no digest in its name')
    return path


def headers():
    wanted = policy()
    check(len(wanted) >= 6, 'headers.conf has', wanted)
    for path, method, status, more in (
            ('/', 'GET', 200, {}), ('/', 'HEAD', 200, {}),
            ('/about', 'GET', 301, {}), ('/nothing', 'GET', 404, {}),
            ('/', 'POST', 405, {}), ('/', 'GET', 206, {'Range': 'bytes=0-9'}),
            ('/', 'GET', 416, {'Range': 'bytes=99999999-'}),
            ('/%00', 'GET', 400, {})):
        answer, _ = ask(path, method, **more)
        check(answer.status == status, method, path, 'gives', answer.status)
        # nginx adds headers to a 416 twice, the same ones.
        for name, value in wanted.items():
            check(answer.getheader(name) in (
                [f'{value}, {value}'] if status == 416 else [value]),
                  method, path, status, 'has', name, answer.getheader(name))
        check(answer.getheader('Server') == 'nginx', 'the version is told')


def types():
    with open('generator/commands/serve/http.c', encoding='utf-8') as file:
        known = re.findall(r'TYPE\("(\.\w+)", "([^"]+)"\)', file.read())
    check(len(known) > 25, 'http.c has', known)
    for ending, kind in known:
        answer, _ = ask(f'/probe/x{ending}')
        check(answer.getheader('Content-Type') == kind, ending, 'is',
              answer.getheader('Content-Type'), 'not', kind)
    answer, _ = ask('/probe/x.unknown')
    check(answer.getheader('Content-Type') == 'application/octet-stream',
          'unknown endings are', answer.getheader('Content-Type'))


def codings():
    plain = of_file('index.html')
    for accepted, coding in (
            ('br', 'br'), ('gzip', 'gzip'), ('gzip, deflate, br', 'br'),
            ('br;q=0, gzip', 'gzip'), ('gzip;q=0', None), ('identity', None),
            ('zstd', None), ('', None)):
        answer, body = ask('/', Accept_Encoding=accepted)
        check(answer.status == 200 and
              answer.getheader('Content-Encoding') == coding,
              repr(accepted), 'gives', answer.getheader('Content-Encoding'))
        check(answer.getheader('Vary') == 'Accept-Encoding', repr(accepted),
              'varies by', answer.getheader('Vary'))
        if coding == 'gzip':
            body = gzip.decompress(body)
        elif coding == 'br':
            body = subprocess.run(['brotli', '-d', '-c'], input=body,
                                  stdout=subprocess.PIPE, check=True).stdout
        check(body == plain, repr(accepted), 'gives another page')
    for path in ('/theme/style.css', '/data/achievements.csv', '/feed.atom',
                 '/data/achievements.jsonl', '/search/index.json'):
        answer, body = ask(path, Accept_Encoding='gzip')
        check(answer.getheader('Content-Encoding') == 'gzip' and
              gzip.decompress(body) == of_file(path[1:]), path)
    answer, _ = ask('/data/zheli.sqlite', Accept_Encoding='gzip, br')
    check(answer.getheader('Content-Encoding') is None, 'a database is coded')
    answer, body = ask('/', Accept_Encoding='gzip', Range='bytes=0-9')
    check(answer.status == 200 and gzip.decompress(body) == plain,
          'a part of a page in a coding: the whole is an answer')


def caching():
    answer, _ = ask('/')
    check(answer.getheader('Cache-Control') == 'no-cache', 'pages')
    tag = answer.getheader('ETag')
    for status, more in ((304, {'If_None_Match': tag}),
                         (200, {'If_None_Match': '"other"'}),
                         (304, {'If_Modified_Since':
                                answer.getheader('Last-Modified')})):
        again, body = ask('/', **more)
        check(again.status == status and (status == 200) == (body != b''),
              more, 'gives', again.status)
    other, _ = ask('/', Accept_Encoding='br')
    check(other.getheader('ETag') != tag, 'one tag for two codings')
    path = of_search()
    forever = 'public, max-age=31536000, immutable'
    for path, status, wanted in (
            (path, 200, forever),
            ('/search/index.json', 200, 'no-cache'),
            (DIGEST.sub(lambda found: '0' * len(found[0]), path), 404,
             'no-cache'),
            ('/theme/style.css', 200, 'no-cache')):
        answer, _ = ask(path)
        check(answer.status == status and
              answer.getheader('Cache-Control') == wanted, path,
              answer.status, answer.getheader('Cache-Control'))


def ranges():
    path = 'data/achievements.csv'
    whole = of_file(path)
    for asked, status, body in (
            ('bytes=0-99', 206, whole[:100]), ('bytes=-7', 206, whole[-7:]),
            ('bytes=100-', 206, whole[100:]), ('bytes=5-1', 416, None),
            (f'bytes={len(whole)}-', 416, None), ('lines=1-2', 200, whole),
            ('bytes=' + ','.join(f'{n}-{n}' for n in range(500)), 200, whole)):
        answer, got = ask('/' + path, Range=asked)
        check(answer.status == status and (body is None or got == body),
              asked[:40], 'gives', answer.status, len(got))
    answer, got = ask('/' + path, Range='bytes=0-9', If_Range='"other"')
    check(answer.status == 200 and got == whole, 'If-Range of another file')


def hidden():
    for path in ('/.zheli-site', '/about/.git/config', '/%2ezheli-site',
                 '/.well-known/x', '/index.html.gz', '/index.html.br',
                 '/index.html%2egz', '/theme/', '/search/../theme/',
                 '/404.html', '/probe/link', '/probe/folder/passwd'):
        answer, body = ask(path)
        check(answer.status == 404 and b'root:' not in body and
              b'Index of' not in body, path, 'gives', answer.status)
        check(body == of_file('404.html') or path == '/', path,
              'has not the page of the site')
    answer, _ = ask('/about')
    check(answer.getheader('Location') == '/about/', 'a folder without slash',
          answer.getheader('Location'))


def methods():
    for method in ('POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE',
                   'PATCH', 'MKCOL', 'NONSENSE'):
        answer, _ = ask('/', method)
        check(answer.status == 405, method, 'gives', answer.status)
        check(method == 'TRACE' or
              answer.getheader('Allow') == 'GET, HEAD', method, 'allows',
              answer.getheader('Allow'))
    answer = raw(b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n'
                 b'\r\n', limit=400)
    check(answer.split()[1] in (b'405', b'413'), 'a large body', answer[:40])


def tricks():
    deep = '/'.join(['..'] * 12)
    for path in (f'/{deep}/etc/passwd', '/%2e%2e/' * 6 + 'etc/passwd',
                 '/..%2f' * 6 + 'etc%2fpasswd', '//etc/passwd',
                 '/about/..%2f..%2f..%2f..%2fetc/passwd', '/about%00.html',
                 '/%00', '/..\\..\\etc\\passwd', '/%5c..%5c..%5cetc/passwd',
                 '/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd', '/%252e%252e/etc',
                 '/about/index.html/', '/about/index.html/x', '/~root/',
                 '/theme/..;/..;/etc/passwd', '/%', '/%zz', '/about/%0d%0aX:1',
                 '/file:///etc/passwd', '/' + 'a' * 3000, '/' + '../' * 2000,
                 '/' + 'a/' * 3000, '/' + 'a' * 100000):
        answer = raw(b'GET ' + path.encode() +
                     b' HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
        status = answer.split(b' ')[1]
        check(status in (b'400', b'404', b'414') and b'root:' not in answer,
              path[:60], 'gives', status)
    for path in ('/./about/', '//about//', '/theme/../about/',
                 '/theme/%2e%2e/about/'):
        answer = raw(b'GET ' + path.encode() +
                     b' HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
        check(answer.endswith(of_file('about/index.html')), path)
    for request in (b'GET / HTTP/1.1\r\n\r\n', b'GET /\r\n',
                    b'GET / HTTP/9.9\r\nHost: a\r\n\r\n', b'\x16\x03\x01\r\n',
                    b'GET / HTTP/1.1\r\nHost: a\r\nX: ' + b'x' * 40000 +
                    b'\r\n\r\n', b'GET / HTTP/1.1\r\nHost: a\r\n' +
                    b'X: 1\r\n' * 20000 + b'\r\n',
                    b'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked'
                    b'\r\nContent-Length: 3\r\n\r\n0\r\n\r\n'):
        try:
            answer = raw(request)
        except ConnectionError:
            continue
        status = answer.split(b' ')[1] if answer.startswith(b'HTTP') else b''
        check(status in (b'400', b'414', b'431', b'505', b'') or
              answer.endswith(of_file('index.html')), request[:40], status)


# The timeouts are cut to two seconds for the test; see run.
def slow():
    begun = time.monotonic()
    peers = [socket.create_connection(('127.0.0.1', port)) for _ in range(120)]
    for number, peer in enumerate(peers):
        if number % 3 == 1:
            peer.sendall(b'GET / HTTP/1.1\r\nHost: a\r\nX: ')
        elif number % 3 == 2:
            peer.sendall(b'GET /data/zheli.sqlite HTTP/1.1\r\nHost: a\r\n\r\n' * 20)
    for _ in range(3):
        answer, _ = ask('/')
        check(answer.status == 200, 'others get', answer.status)
        for peer in peers[1::3]:
            try:
                peer.sendall(b'x')
            except OSError:
                pass
        time.sleep(1)
    kept = 0
    for number, peer in enumerate(peers):
        peer.settimeout(1)
        try:
            while peer.recv(1 << 20):
                pass
        except ConnectionError:
            pass
        except TimeoutError:
            kept += 1
        peer.close()
    check(kept == 0, kept, 'slow clients are still there')
    check(time.monotonic() - begun < 12, 'it took too long')


def closed():
    answer, _ = ask('/', at=internal, Authorization='Basic Yjpi')
    check(answer.status in (401, 403), 'without passwords', answer.status)


def opened():
    for status, more in ((401, {}), (401, {'Authorization': 'Basic eDp5'}),
                         (200, {'Authorization': 'Basic Yjpi'})):
        answer, body = ask('/', at=internal, **more)
        check(answer.status == status, more, 'gives', answer.status)
        check((b'<main' in body) == (status == 200), more, 'gives', body[:60])
        check(answer.getheader('Cache-Control') == 'private, no-store', 'kept')
        for name, value in policy().items():
            check(answer.getheader(name) == value, 'internal', name)
    answer, _ = ask('/', at=internal, source='127.0.0.2',
                    Authorization='Basic Yjpi')
    check(answer.status == 403, 'from another address', answer.status)
    check(socket.socket().connect_ex(('127.0.0.3', internal)) != 0,
          'it listens on more than one address')


globals()[claim]()
for fault in faults[:20]:
    print(fault)
sys.exit(bool(faults))
