/** Problems of the rooms below, by their kind; `{name}` stands for a fact. Their messages are English. */
export const ruProblems: Record<string, string> = {
  noTraces:
    'OTEL_EXPORTER_OTLP_ENDPOINT включает трассировку, но её пакеты не установлены: установите peerDependencies из package.json или уберите переменную.',
  portTaken:
    'Порт {port} на {host} занят: остановите то, что на нём работает, или укажите другой в {flag} (0 — любой свободный).',
  portForbidden: 'Для порта {port} на {host} не хватает прав: укажите в {flag} порт больше 1023.',
  noAddress: 'У этого компьютера нет адреса {host}: проверьте --host.',
  databaseUnusable: 'Базой данных {database} нельзя воспользоваться: {why}. Проверьте --database-url.',
  databaseTakesNoWrites:
    'База данных {database} не принимает записи: это реплика, или она только для чтения. Укажите основной сервер в --database-url.',
  databasePooled:
    'База данных {listenAt} доступна через пул соединений, а он не передаёт уведомлений: укажите ту же базу без пула в --listen-database-url.',
  listeningRefused:
    'На {listenAt} нельзя слушать уведомления: {why}. Проверьте --listen-database-url, а если его нет, --database-url.',
  listeningElsewhere: 'Уведомления из {database} не слышны на {listenAt}: укажите в --listen-database-url ту же базу.',
  labNotAlone:
    'С этой базой уже работает другой маркет, а маркет с лабораторией должен быть единственным: остановите тот или уберите --lab.',
  labBeside: 'С этой базой работает маркет с лабораторией, и он должен быть единственным: сначала остановите его.',
  noCitus:
    "В базе данных нет Citus. На каждом узле: установите его, добавьте в shared_preload_libraries, перезапустите и выполните в этой базе «create extension citus»; затем здесь: select citus_set_coordinator_host('<этот хост>'); select citus_add_node('<хост>', 5432) для каждого узла.",
  noCitusNodes:
    "У Citus ещё нет узлов для строк: select citus_set_coordinator_host('<этот хост>'); select citus_add_node('<хост>', 5432) для каждого узла.",
  marketsAtWork: 'С этой базой данных работают процессы маркета ({count}): сначала остановите их.',
  notDistributed:
    'В базе данных есть Citus и строки, которые ещё не распределены: остановите все процессы маркета на ней и выполните «prilavok distribute».',
  otherSecret:
    'База данных {database} создана с другим секретом: запустите с её папкой данных (--data) или с её PRILAVOK_SECRET.',
  s3UrlUnreadable:
    'Адрес в --files не разобрать: он должен быть вида s3://bucket?endpoint=https://s3.example.org&region=us-east-1&prefix=chats (endpoint, region и prefix — если нужны).',
  s3ParameterUnknown: 'В адресе в --files могут быть {known}, а «{name}» не может.',
  s3CredentialsGiven:
    'В адресе в --files не должно быть ключей доступа, его могут увидеть другие: задайте их в AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY.',
  s3CredentialsMissing: 'Для --files нужны ключи доступа к S3: задайте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY.',
  s3Away: 'S3 по адресу {endpoint} не отвечает ({why}): запустите его или проверьте endpoint в --files.',
  s3BucketMissing: 'В S3 по адресу {endpoint} нет бакета {bucket}: создайте его или проверьте --files.',
  s3Refused:
    'S3 по адресу {endpoint} не пускает в бакет {bucket} ({why}): проверьте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY и права на запись, чтение, список и удаление.',
  s3OfAnother: 'Файлы в s3://{where} принадлежат другому маркету: укажите этому другой prefix в --files.',
  s3Unusable: 'Бакетом {bucket} по адресу {endpoint} нельзя воспользоваться ({status} {why}): проверьте --files.',
  otherVersion: 'База данных создана другой версией Prilavok ({why}): возьмите ту версию или другую базу.',
  otherDeskSecret:
    'Ключи рабочего места зашифрованы другим секретом: запустите с его папкой данных (--data) или с его PRILAVOK_SECRET.',
  deskDatabaseUnusable: 'Базой данных рабочего места нельзя воспользоваться: {why}. Проверьте --database-url.',
  sqlRefused: 'Не удалось применить файл {file} к базе данных: {why}.',
  demoKeysUsedUp:
    'В демо-кабинете уже {keys} ключей, и ни один не принадлежит демо: запустите «prilavok market», отзовите ключ кабинета {businessId} и запустите снова.',
  folderInUse:
    'Папку {folder} использует процесс {pid} на {host}, он запущен {since}: то, что там работает, откроют «prilavok open desk» и «prilavok open console». Чтобы запустить ещё один, остановите этот процесс или укажите в --data другую папку.',
  folderInUseElsewhere:
    'Папку {folder} использует процесс {pid} на {host}, в другом контейнере или на другом компьютере; он запущен {since}, последний признак жизни {beatAt}: остановите его там или укажите другую папку.',
  folderLost:
    'Папку {folder} занял процесс {pid} на {host}, пока этот не подавал признаков жизни: этот завершается и больше ничего не пишет.',
  stillServed:
    'С папкой {folder} ещё работает PostgreSQL прошлого запуска, возможно, в другом контейнере: завершите его и запустите снова.',
  postgresDiskFull: 'Диск заполнен, и PostgreSQL остановился: освободите место и запустите снова ({log}).',
  postgresEnded: 'PostgreSQL завершился и не запускается снова: {why}. Исправьте это (подробнее в {log}).',
  folderUnusable: 'В папке {folder} нельзя хранить данные: {path}: {why}.',
  folderClosed:
    'PostgreSQL работает от имени {account}, а у него нет доступа к {folder}: дайте ему доступ или укажите другую папку данных.',
  clusterMissing:
    'Папкой {folder} уже пользовались, но её базы данных нет в {expected}: восстановите её там из резервной копии или укажите тот --database-url, с которым папкой пользовались; чтобы начать заново, укажите другую папку данных или очистите эту.',
  folderCopied:
    'Папка {folder} — копия {former}, а база данных у них одна, в {place}: запустите с --data {former} или, если копия должна занять место той папки, удалите ту папку.',
  paperDamaged: 'Файл {file} повреждён: восстановите его, в нём записано, где база данных этой папки.',
  noSharedFolder:
    'PostgreSQL работает от имени {account} и не может пользоваться папками {folders}: откройте одну из них для записи.',
  noSocketFolder: 'PostgreSQL работает от имени {account}, а ему недоступна {folder}: укажите другую папку в TMPDIR.',
  noAccount:
    'PostgreSQL не запускается от имени root, а в /etc/passwd нет ни postgres, ни nobody: добавьте одного из них.',
  rootRefused:
    'PostgreSQL не запускается от имени root, а этот root не может запустить его от имени {account} ({why}): запустите как обычный пользователь или укажите --database-url.',
  clusterNotMade:
    'Не удалось создать файлы PostgreSQL в {folder}: {why}. Исправьте это или укажите --database-url (подробнее в {log}).',
  otherPostgres:
    'Папка {folder} создана PostgreSQL {version}, а здесь {ours}: укажите другую папку данных или запустите ту версию и укажите --database-url.',
  postgresNotStarted: 'PostgreSQL не запустился: {why} (подробнее в {log}).',
  postgresMissing:
    'PostgreSQL для этого компьютера не установлен ({name}): выполните npm ci или укажите --database-url.',
  postgresUnusable: 'PostgreSQL из {folder} здесь не запускается ({why}): укажите --database-url.',
  postgresOrphan: 'PostgreSQL прошлого запуска (процесс {pid}) держит {folder} и не останавливается: завершите его.',
  noWindows: 'PostgreSQL для Windows в комплекте нет: запустите в WSL или укажите --database-url.',
}
